import type { Attachment, Message, Setup } from "../types";
import { messageId } from "./identity";

/** Return what somebody says after a message, or as the first. */
export function userMessage(
  parentId: string | null,
  content: Message["content"],
  attachments: readonly Attachment[] = [],
): Message {
  const files = attachments.length > 0 ? { attachments: [...attachments] } : {};
  return { ...made(), parentId, role: "user", content, status: "complete", ...files };
}

/** Return an answer that begins to come. */
export function replyTo(parent: Message, setup: Setup): Message {
  const { model, parameters } = setup;
  const asked = { parentId: parent.messageId, role: "assistant" as const, model, parameters };
  return { ...made(), ...asked, content: "", status: "streaming" };
}

/** Return a setup that names a model: where nobody has chosen one, that of the last answer. */
export function withModel(setup: Setup, path: readonly Message[]): Setup {
  if (setup.model) return setup;
  return { ...setup, model: path.findLast((one) => one.model)?.model ?? "" };
}

function made(): Pick<Message, "messageId" | "createdAt"> {
  return { messageId: messageId(), createdAt: new Date().toISOString() };
}
