import type { InputProps } from "@cloudscape-design/components/input";
import type { PromptInputProps } from "@cloudscape-design/components/prompt-input";
import { useEffect, useRef, useState } from "react";
import { useConfiguration } from "@/features/configuration/useConfiguration";
import { permitted } from "../core/allowed";
import { preferred } from "../models/choices";
import { useModels } from "../models/useModels";
import type { Conversation } from "../session/conversation";
import { useView } from "../session/registry";
import { useListChanged } from "../session/useSessions";
import type { Setup } from "../types";
import { ConversationPane } from "./ConversationPane";
import { Help } from "./Help";
import { SessionsPanel } from "./SessionsPanel";
import { Side } from "./Side";
import { useDoing } from "./useDoing";
import { useFill } from "./useFill";
import { usePanels } from "./usePanels";
import { useShortcuts } from "./useShortcuts";
import { useTabTitle } from "./useTabTitle";
import { WIDE_PX } from "./wide";

interface Props {
  conversation: Conversation;
  onBegun: (sessionId: string) => void;
  onNew: () => void;
  onOpen: (sessionId: string) => void;
}

const LAST_MODEL = "lisa.model";

/** Conversations, the one that is shown, and what belongs to it. */
export function Chat({ conversation, onBegun, onNew, onOpen }: Props) {
  const { enabledComponents, global } = useConfiguration();
  const kept = useView(conversation);
  const view = { ...kept, setup: permitted(kept.setup, enabledComponents) };
  const models = useModels();
  const frame = useRef<HTMLDivElement>(null);
  const height = useFill(frame);
  const search = useRef<InputProps.Ref>(null);
  const input = useRef<PromptInputProps.Ref>(null);
  const { listed, aside, side, list, show } = usePanels(frame);
  const [help, setHelp] = useState(false);
  useKept(conversation, view.saving === "saved");
  useTabTitle(view.name, view.live !== null);
  const last = window.localStorage.getItem(LAST_MODEL) ?? undefined;
  const model =
    view.setup.model || (models.loading ? "" : preferred(models.all, last, global.defaultModel));
  const doing = useDoing(conversation, show);
  const configure = (fields: Partial<Setup>) => {
    if (fields.model) window.localStorage.setItem(LAST_MODEL, fields.model);
    conversation.configure(fields);
  };
  const create = () => {
    if (window.innerWidth <= WIDE_PX) list(false);
    onNew();
    input.current?.focus();
  };
  useShortcuts({
    onNew: create,
    onSearch: () => {
      list(true);
      setTimeout(() => search.current?.focus());
    },
    onHelp: () => setHelp(true),
    onSettings: () => show(side?.kind === "settings" ? null : { kind: "settings" }),
    onPrompt: () => input.current?.focus(),
  });
  return (
    <div className="chat" ref={frame} style={{ blockSize: height }}>
      {listed && (
        <SessionsPanel
          shown={conversation.sessionId}
          aside={aside}
          search={search}
          onNew={create}
          onOpen={(id) => {
            if (window.innerWidth <= WIDE_PX) list(false);
            onOpen(id);
          }}
          onClose={() => {
            list(false);
            if (window.innerWidth > WIDE_PX) input.current?.focus();
          }}
        />
      )}
      <ConversationPane
        key={conversation.sessionId}
        conversation={conversation}
        view={view}
        models={models}
        model={model}
        doing={doing}
        input={input}
        listed={listed && !aside}
        onList={() => list(!listed || aside)}
        onSettings={() => show({ kind: "settings" })}
        onHelp={() => setHelp(true)}
        onConfigure={configure}
        onBegun={onBegun}
      />
      <Side
        side={side}
        view={view}
        onConfigure={configure}
        onNumber={(number) => side?.kind === "source" && show({ ...side, number })}
        onClose={() => show(null)}
      />
      {help && <Help onClose={() => setHelp(false)} />}
    </div>
  );
}

/** Reads the conversation when it is shown and when the window is looked at again. */
function useKept(conversation: Conversation, saved: boolean): void {
  const changed = useListChanged();
  const told = useRef(changed);
  told.current = changed;
  useEffect(() => {
    if (conversation.snapshot().state === "new") void conversation.load();
    const looked = () => document.hidden || void conversation.refresh();
    document.addEventListener("visibilitychange", looked);
    window.addEventListener("focus", looked);
    return () => {
      document.removeEventListener("visibilitychange", looked);
      window.removeEventListener("focus", looked);
    };
  }, [conversation]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list is another when all is saved.
  useEffect(() => {
    const timer = setTimeout(() => told.current(), 400);
    return () => clearTimeout(timer);
  }, [saved]);
}
