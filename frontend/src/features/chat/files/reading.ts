import { AnswerFailed } from "../stream/failure";

const PICTURE = /^data:image\/(png|jpeg|gif|webp);base64,/;

/** Return whether a data URL is a picture of a kind that runs nothing. */
export function isPicture(url: string): boolean {
  return PICTURE.test(url);
}

/** Return a file as a data URL. */
export function read(file: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(new Error("The file cannot be read. Choose it again."));
    reader.readAsDataURL(file);
  });
}

/** Return the picture at an address as a data URL. Throws an AnswerFailed, in words for people. */
export async function pictureAt(address: string): Promise<string> {
  const url = await fetched(address).catch(() => "");
  if (isPicture(url)) return url;
  const message =
    "A picture of this chat could not be read. Check your connection, then try again.";
  throw new AnswerFailed({ code: "picture", message });
}

async function fetched(address: string): Promise<string> {
  const found = await fetch(address);
  const type = found.headers.get("content-type") ?? "";
  return found.ok ? read(new Blob([await found.arrayBuffer()], { type })) : "";
}
