import type { PromptInputProps } from "@cloudscape-design/components/prompt-input";
import type { RefObject } from "react";
import { sentence } from "@/api/errors";
import { Loading } from "@/app/Loading";
import { useConfiguration } from "@/features/configuration/useConfiguration";
import { textOf } from "../core/text";
import { usedBy } from "../core/usage";
import { useAttachments } from "../files/useAttachments";
import type { Models } from "../models/useModels";
import type { Conversation } from "../session/conversation";
import type { View } from "../session/view";
import type { Attachment, Setup } from "../types";
import { Composer } from "./Composer";
import { ContextMeter } from "./ContextMeter";
import type { Doing } from "./MessageItem";
import { Messages } from "./Messages";
import { NotShown } from "./NotShown";
import { PaneHeader } from "./PaneHeader";
import { SavingState } from "./SavingState";
import { useBottom } from "./useBottom";
import { useDraft } from "./useDraft";
import { Welcome } from "./Welcome";

interface Props {
  conversation: Conversation;
  view: View;
  models: Models;
  model: string;
  doing: Doing;
  input: RefObject<PromptInputProps.Ref | null>;
  listed: boolean;
  onList: () => void;
  onSettings: () => void;
  onHelp: () => void;
  onConfigure: (fields: Partial<Setup>) => void;
  onBegun: (sessionId: string) => void;
}

/** One conversation: what was said, and where the next is written. */
export function ConversationPane(props: Props) {
  const { conversation, view, models, model, doing, input, onConfigure } = props;
  const { viewMetaData } = useConfiguration().enabledComponents;
  const [text, setText] = useDraft(conversation.sessionId);
  const attachments = useAttachments(model);
  const bottom = useBottom();
  const choice = models.all.find((one) => one.id === model);
  const used = usedBy(view.path, text);
  const before = view.path.findLast((message) => message.role === "user");
  const send = (said: string, images: string[], files: Attachment[]) => {
    const first = view.path.length === 0;
    if (view.setup.model !== model) onConfigure({ model });
    conversation.send(said, images, files);
    bottom.toBottom();
    if (first) props.onBegun(conversation.sessionId);
  };
  if (view.state === "failed" || view.state === "missing") {
    return <NotShown view={view} again={() => void conversation.load()} />;
  }
  const loading = view.path.length === 0 && view.state !== "ready";
  return (
    <div className="chat-pane">
      {view.path.length > 0 && <h1 className="chat-title">{view.name || "Chat"}</h1>}
      <PaneHeader {...props} onModel={(id) => onConfigure({ model: id })} />
      <Messages
        view={view}
        models={models.all.filter((one) => !one.reason).map((one) => one.id)}
        doing={doing}
        bottom={bottom}
        empty={loading ? <Loading what="the chat" /> : <Welcome onChoose={setText} />}
      />
      <Composer
        text={text}
        onText={setText}
        attachments={attachments}
        busy={view.live !== null}
        reason={model ? choice?.reason : whyNone(models)}
        soon={models.loading}
        takesImages={choice?.images}
        before={before ? textOf(before) : ""}
        input={input}
        onSend={send}
        onStop={() => conversation.stop()}
      />
      <div className="chat-foot">
        {viewMetaData && (
          <ContextMeter used={used.tokens} window={choice?.contextWindow} spent={used.cost} />
        )}
        <SavingState view={view} />
      </div>
    </div>
  );
}

/** Why there is no model to ask. */
function whyNone({ loading, error }: Models): string {
  if (loading) return "The models are being loaded. Your message goes as soon as they are.";
  return error
    ? `The models could not be loaded: ${sentence(error)}`
    : "There is no model that you may ask. Ask your administrator for one.";
}
