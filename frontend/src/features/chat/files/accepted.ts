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

function isPicture(file: File): boolean {
  return file.type.startsWith("image/");
}
