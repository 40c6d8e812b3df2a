import type { ChunkingKind, SearchMode } from "./types";

/** How people read what the API names. */
export const KINDS: Record<ChunkingKind, string> = {
  structure: "By headings, tables and paragraphs",
  recursive: "By paragraphs and sentences",
  fixed: "By length alone",
  none: "Documents are left whole",
};

export const MODES: Record<SearchMode, string> = {
  hybrid: "By meaning and words",
  vector: "By meaning alone",
  text: "By words alone",
};

/** What PostgreSQL brings to its stems; `simple` leaves words as they are, of any language. */
export const LANGUAGES =
  "arabic armenian basque catalan danish dutch english finnish french german greek hindi hungarian indonesian irish italian lithuanian nepali norwegian portuguese romanian russian serbian simple spanish swedish tamil turkish yiddish".split(
    " ",
  );
