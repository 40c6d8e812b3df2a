import type { Attachment } from "../types";

// The service keeps 350,000 bytes of JSON; ids and the like need some of them.
const MOST_BYTES = 340_000;

/** Return why a message cannot be kept as it is, in words, or null. */
export function tooLarge(
  text: string,
  images: readonly string[],
  files: readonly Attachment[],
  summaries: boolean,
): string | null {
  const bytes = new TextEncoder().encode(JSON.stringify([text, images, files])).length;
  if (bytes <= MOST_BYTES) return null;
  const kilobytes = Math.ceil(bytes / 1_000);
  const file = summaries ? "Summarise or remove a file" : "Remove a file";
  const what = files.length > 0 ? file : "Shorten it or remove a picture";
  return `This message has ${kilobytes} kB, and 340 kB can be kept. ${what}, then send it.`;
}
