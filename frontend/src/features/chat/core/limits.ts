import type { Attachment } from "../types";

// The service keeps 350,000 bytes of JSON; ids, and pictures that are small, need some of them.
const MOST_BYTES = 335_000;
/** Pictures lie beside their message, and all of a chat go with each request. */
const MOST_PICTURES = 10;

/** Return why a message cannot be kept as it is, in words, or null. */
export function tooLarge(
  text: string,
  images: readonly string[],
  files: readonly Attachment[],
  summaries: boolean,
): string | null {
  if (images.length > MOST_PICTURES) {
    return `${MOST_PICTURES} pictures at most go with one message. Remove some, then send it.`;
  }
  const bytes = new TextEncoder().encode(JSON.stringify([text, files])).length;
  if (bytes <= MOST_BYTES) return null;
  const kilobytes = Math.ceil(bytes / 1_000);
  const file = summaries ? "Summarise or remove a file" : "Remove a file";
  const what = files.length > 0 ? file : "Shorten it";
  return `This message has ${kilobytes} kB, and 335 kB can be kept. ${what}, then send it.`;
}
