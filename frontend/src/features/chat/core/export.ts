import type { Message, Summary } from "../types";
import { facts } from "./format";
import { picturesOf, textOf } from "./text";

const SPEAKERS = { user: "You", assistant: "Assistant", system: "System" };

/** Return one branch of a conversation as Markdown. */
export function asMarkdown(session: Pick<Summary, "name">, path: readonly Message[]): string {
  return `${[`# ${session.name}`, ...path.map(section)].join("\n\n")}\n`;
}

/** Return a conversation with all its branches as JSON. */
export function asJson(session: Summary, messages: readonly Message[]): string {
  return `${JSON.stringify({ ...session, messages }, null, 2)}\n`;
}

/** Return a name that any system takes for a file. */
export function fileName(name: string, extension: "md" | "json"): string {
  const plain = name
    .normalize("NFKD")
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "");
  return `${plain.slice(0, 80) || "chat"}.${extension}`;
}

function section(message: Message): string {
  const pictures = picturesOf(message).length;
  const sources = (message.citations ?? []).filter((one) => one.cited).map(source);
  return [
    `## ${SPEAKERS[message.role]}`,
    ...(message.attachments ?? []).map((file) => `*Attached: ${file.name}*`),
    pictures > 0 ? `*${pictures} ${pictures === 1 ? "image" : "images"}*` : "",
    textOf(message),
    message.error ? `> ${message.error.message}` : "",
    [...new Set(sources)].join("\n"),
    message.role === "assistant" ? `*${facts(message).join(" · ")}*` : "",
  ]
    .filter((part) => part && part !== "**")
    .join("\n\n");
}

function source(citation: NonNullable<Message["citations"]>[number]): string {
  const pages = citation.pages?.length ? `, p. ${citation.pages.join(", ")}` : "";
  return `[${citation.number}] ${citation.url_citation.title}${pages}`;
}
