import Avatar from "@cloudscape-design/chat-components/avatar";
import ChatBubble from "@cloudscape-design/chat-components/chat-bubble";
import { memo, useState } from "react";
import type { Message, Picture } from "../types";
import { Answer } from "./Answer";
import { EditMessage } from "./EditMessage";
import { MessageActions } from "./MessageActions";
import { Said } from "./Said";

/** What can be done with a message; all of it is the same for as long as the conversation is. */
export interface Doing {
  regenerate: (message: Message, model?: string) => void;
  edit: (message: Message, text: string) => void;
  goOn: (message: Message) => void;
  choose: (message: Message, step: number) => void;
  open: (message: Message, number: number) => void;
  /** Return a picture as a data URL. */
  picture: (picture: Picture) => Promise<string>;
  /** Read what other tabs have written. */
  refresh: () => void;
}

export interface ItemProps {
  message: Message;
  /** Which version it is, and of how many. */
  number: number;
  of: number;
  /** Whether it is the answer that comes now. */
  live: boolean;
  /** Whether an answer comes anywhere in the conversation. */
  busy: boolean;
  models: readonly string[];
  doing: Doing;
}

/** One message of the branch that is shown. */
export const MessageItem = memo(function MessageItem(props: ItemProps) {
  const { message, live, doing } = props;
  const [editing, setEditing] = useState(false);
  const mine = message.role === "user";
  const actions =
    live || editing ? undefined : <MessageActions {...props} onEdit={() => setEditing(true)} />;
  return (
    <article className={mine ? "chat-mine" : "chat-theirs"}>
      <ChatBubble
        type={mine ? "outgoing" : "incoming"}
        ariaLabel={mine ? "You" : `Answer of ${message.model ?? "the model"}`}
        avatar={<Face mine={mine} loading={live} />}
        showLoadingBar={live}
        actions={actions}
      >
        {editing ? (
          <EditMessage
            message={message}
            onCancel={() => setEditing(false)}
            onSend={(text) => {
              setEditing(false);
              doing.edit(message, text);
            }}
          />
        ) : mine ? (
          <Said message={message} read={doing.picture} />
        ) : (
          <Answer {...props} />
        )}
      </ChatBubble>
    </article>
  );
});

function Face({ mine, loading }: { mine: boolean; loading: boolean }) {
  if (mine) return <Avatar ariaLabel="You" iconName="user-profile" />;
  const label = loading ? "The model is answering" : "The model";
  return <Avatar ariaLabel={label} color="gen-ai" iconName="gen-ai" loading={loading} />;
}
