import type { Message, Part, Picture } from "../types";

/** Return what a message says in words. */
export function textOf(message: Pick<Message, "content">): string {
  const { content } = message;
  if (typeof content === "string") return content;
  return content
    .map((part) => (part.type === "text" ? part.text : ""))
    .filter(Boolean)
    .join("\n");
}

/** Return the pictures of a message, wherever they lie. */
export function picturesOf({ content }: Pick<Message, "content">): Picture[] {
  if (typeof content === "string") return [];
  return content.flatMap((part) => (part.type === "image_url" ? [part.image_url] : []));
}

/** Return content of words alone, or of words and pictures; some may be data URLs. */
export function contentOf(text: string, pictures: readonly (string | Picture)[]): string | Part[] {
  if (pictures.length === 0) return text;
  const parts = pictures.map((one): Part => {
    return { type: "image_url", image_url: typeof one === "string" ? { url: one } : one };
  });
  return [{ type: "text", text }, ...parts];
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
