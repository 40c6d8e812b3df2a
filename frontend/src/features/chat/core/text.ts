import type { Message, Part } from "../types";

/** Return what a message says in words. */
export function textOf(message: Pick<Message, "content">): string {
  const { content } = message;
  if (typeof content === "string") return content;
  return content
    .map((part) => (part.type === "text" ? part.text : ""))
    .filter(Boolean)
    .join("\n");
}

/** Return the pictures of a message as data URLs. */
export function imagesOf(message: Pick<Message, "content">): string[] {
  if (typeof message.content === "string") return [];
  return message.content.flatMap((part) => (part.type === "image_url" ? [part.image_url.url] : []));
}

/** Return content of words alone, or of words and pictures. */
export function contentOf(text: string, images: readonly string[]): string | Part[] {
  if (images.length === 0) return text;
  const pictures = images.map((url): Part => ({ type: "image_url", image_url: { url } }));
  return [{ type: "text", text }, ...pictures];
}

const LONGEST_NAME = 60;

/** Return the name of a session that begins with this text: its first words. */
export function nameFrom(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  if (line.length <= LONGEST_NAME) return line || "New chat";
  const cut = line.slice(0, LONGEST_NAME);
  const words = cut.lastIndexOf(" ") > LONGEST_NAME / 2 ? cut.slice(0, cut.lastIndexOf(" ")) : cut;
  return `${words}…`;
}
