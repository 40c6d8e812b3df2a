/** What may go with a message now. */
export interface Takes {
  /** Files whose text goes with it; an administrator can switch them off. */
  files: boolean;
  /** Whether the model takes pictures, or nobody says. */
  pictures: boolean;
}

const TEXTS = ".pdf,.docx,.pptx,.xlsx,.html,.md,.rst,.txt,.csv,.json,.yaml,.yml,.xml,.log,.py,.ts";

/** Return what a browser lets people choose; empty where nothing can be attached. */
export function acceptOf({ files, pictures }: Takes): string {
  return [files && TEXTS, pictures && "image/*"].filter(Boolean).join(",");
}

/** Return those of some files that can go with a message, and why others cannot, in words. */
export function sifted(
  added: readonly File[],
  takes: Takes,
): { taken: File[]; refused: string | null } {
  const taken = added.filter((file) => (isPicture(file) ? takes.pictures : takes.files));
  const left = added.filter((file) => !taken.includes(file));
  if (left.length === 0) return { taken, refused: null };
  const refused = left.some(isPicture)
    ? "This model takes no pictures."
    : "An administrator has switched files off. Copy the words that matter into the message.";
  return { taken, refused };
}

// Longer than anybody types: it is easier to read as a file.
const LONG_PASTE = 8_000;

/** Return the files of what was pasted; long words become one where files are taken. */
export function pastedFiles(
  pasted: Pick<DataTransfer, "files" | "getData">,
  { files }: Takes,
): File[] {
  if (pasted.files.length > 0) return [...pasted.files];
  const words = pasted.getData("text/plain");
  if (!files || words.length < LONG_PASTE) return [];
  return [new File([words], "Pasted.txt", { type: "text/plain" })];
}

function isPicture(file: File): boolean {
  return file.type.startsWith("image/");
}
