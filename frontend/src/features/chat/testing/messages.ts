import type { Citation, Message } from "../types";

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

/** The third and fourth page of a handbook, which an answer cites. */
export const CITATION: Citation = {
  type: "url_citation",
  url_citation: { title: "Handbook", url: "s3://x", start_index: 0, end_index: 3 },
  cited: true,
  number: 1,
  document_id: "d",
  repository: "demo",
  headings: [],
  pages: [3, 4],
  score: 1,
};
