import type { ChunkingKind, ChunkingStrategy } from "../types";
import type { Rule } from "./useForm";

/** How documents are cut, as it is filled in. */
export interface CuttingDraft {
  /** Empty: as the collection is set. */
  kind: ChunkingKind | "";
  /** In tokens, as texts until they are sent. */
  size: string;
  overlap: string;
}

export const AS_SET: CuttingDraft = { kind: "", size: "200", overlap: "0" };

const whole = (text: string) => (/^\d+$/.test(text) ? Number(text) : Number.NaN);

/** Whether chunks of some size are made at all. */
export const isCut = ({ kind }: CuttingDraft) => kind !== "none" && kind !== "";

export const CUTTING_RULES: readonly Rule<CuttingDraft>[] = [
  {
    field: "size",
    holds: (draft) => !isCut(draft) || (whole(draft.size) >= 64 && whole(draft.size) <= 8192),
    message: "64 to 8192 tokens, and fewer than the embedding model reads.",
  },
  {
    field: "overlap",
    holds: (draft) => {
      const overlap = whole(draft.overlap);
      return !isCut(draft) || overlap === 0 || overlap * 2 < whole(draft.size);
    },
    message: "Fewer than half as many tokens as a chunk has.",
  },
];

/** Return a strategy as it is sent; null is the collection's own. */
export function strategyOf({ kind, size, overlap }: CuttingDraft) {
  if (kind === "") return null;
  return kind === "none" ? { kind } : { kind, size: Number(size), overlap: Number(overlap) };
}

export function cuttingDraft(strategy: ChunkingStrategy | null): CuttingDraft {
  if (strategy === null) return AS_SET;
  const { kind, size, overlap } = strategy;
  return { kind, size: String(size), overlap: String(overlap) };
}
