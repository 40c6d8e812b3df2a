import {
  AS_SET,
  CUTTING_RULES,
  type CuttingDraft,
  cuttingDraft,
  strategyOf,
} from "../forms/cutting";
import {
  LABELS_RULE,
  type LabelsDraft,
  labelsDraft,
  labelsOf,
  labelWords,
  NO_LABELS,
} from "../forms/labels";
import type { Rule } from "../forms/useForm";
import type { Document, IngestWish } from "../types";
import { KINDS } from "../words";

/** How documents are to be read, as it is filled in. */
export type WishDraft = CuttingDraft & LabelsDraft;

export const USUAL: WishDraft = { ...AS_SET, ...NO_LABELS };

export const RULES: readonly Rule<WishDraft>[] = [...CUTTING_RULES, LABELS_RULE];

/** Return what is sent with files, nothing where nothing is wished. */
export function wishOf(draft: WishDraft): IngestWish {
  const metadata = labelsOf(draft);
  const labelled = labelWords(metadata).length > 0;
  const chunkingStrategy = strategyOf(draft);
  return { ...(labelled && { metadata }), ...(chunkingStrategy && { chunkingStrategy }) };
}

/** Return how a document was to be read, for its form. */
export function draftOf({ chunkingStrategy, metadata }: Document): WishDraft {
  return { ...cuttingDraft(chunkingStrategy), ...labelsDraft(metadata) };
}

/** A wish as people read it, such as `hr, year: 2026, documents are left whole`. */
export function told(draft: WishDraft): string {
  const cut = draft.kind && KINDS[draft.kind].toLowerCase();
  const size = draft.kind && draft.kind !== "none" ? `, ${draft.size} tokens` : "";
  return [...labelWords(labelsOf(draft)), ...(cut ? [`${cut}${size}`] : [])].join(", ");
}
