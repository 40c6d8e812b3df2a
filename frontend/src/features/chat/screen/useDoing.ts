import { useMemo } from "react";
import type { Conversation } from "../session/conversation";
import type { Doing } from "./MessageItem";
import type { Shown } from "./Side";

/** What can be done with the messages of a conversation; the same object as long as it is the same. */
export function useDoing(conversation: Conversation, show: (side: Shown) => void): Doing {
  return useMemo(
    () => ({
      regenerate: (message, model) => conversation.regenerate(message, model),
      edit: (message, text) => conversation.edit(message, text),
      goOn: (message) => conversation.goOn(message),
      choose: (message, step) => conversation.choose(message, step),
      picture: (picture) => conversation.album.dataUrl(picture),
      refresh: () => void conversation.refresh(),
      open: ({ messageId }, number) => show({ kind: "source", messageId, number }),
    }),
    [conversation, show],
  );
}
