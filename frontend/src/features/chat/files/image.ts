import { read } from "./reading";

/** What a picture may be as a data URL, in characters: a chat has many, and a request 25 MB. */
export const MOST_CHARACTERS = 1_000_000;
// Models that see look at no more than this, in pixels.
const LARGEST_SIDE = 2_048;

/** Return a picture as a data URL that a request has room for, made smaller if it must be. */
export async function dataUrlOf(file: File): Promise<string> {
  const plain = /^image\/(png|jpeg|gif|webp)$/.test(file.type);
  if (plain && file.size * 1.4 < MOST_CHARACTERS) return read(file);
  const bitmap = await createImageBitmap(file).catch(() => {
    throw new Error("This is no picture that can be read. Take a PNG, JPEG, GIF or WebP.");
  });
  for (let side = LARGEST_SIDE; side >= 128; side = Math.floor(side * 0.75)) {
    const url = drawn(bitmap, side);
    if (url.length <= MOST_CHARACTERS) return url;
  }
  throw new Error("This picture cannot be made small enough. Cut it, and try again.");
}

function drawn(bitmap: ImageBitmap, side: number): string {
  const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  canvas.getContext("2d")?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/jpeg", 0.85);
}
