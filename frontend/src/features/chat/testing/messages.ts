import type { Message } from "../types";

/** A message as there are many; what matters is given. */
export function message(messageId: string, fields: Partial<Message> = {}): Message {
  return {
    messageId,
    parentId: null,
    role: "user",
    content: messageId,
    status: "complete",
    createdAt: "2026-11-30T12:00:00Z",
    ...fields,
  };
}

export function reply(messageId: string, parentId: string, fields: Partial<Message> = {}): Message {
  return message(messageId, { parentId, role: "assistant", ...fields });
}
