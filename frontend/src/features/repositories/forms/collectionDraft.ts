import type { Collection, CollectionRequest, SearchMode } from "../types";
import { CUTTING_RULES, type CuttingDraft, cuttingDraft, strategyOf } from "./cutting";
import { LABELS_RULE, type LabelsDraft, labelsDraft, labelsOf, NO_LABELS } from "./labels";
import type { Rule } from "./useForm";

/** A collection as it is filled in: numbers are texts until they are sent. */
export interface CollectionDraft extends CuttingDraft, LabelsDraft {
  name: string;
  description: string;
  /** Empty: the repository's, as of the language. */
  embeddingModel: string;
  language: string;
  allowChunkingOverride: boolean;
  mode: SearchMode;
  /** The share of the meaning, in percent. */
  vectorWeight: number;
  neighbours: string;
  rerankModel: string;
  /** Whether the repository's groups hold, and no others. */
  inherits: boolean;
  allowedGroups: string[];
}

export const EMPTY: CollectionDraft = {
  name: "",
  description: "",
  embeddingModel: "",
  language: "",
  kind: "structure",
  size: "200",
  overlap: "0",
  allowChunkingOverride: true,
  mode: "hybrid",
  vectorWeight: 50,
  neighbours: "0",
  rerankModel: "",
  inherits: true,
  allowedGroups: [],
  ...NO_LABELS,
};

const whole = (text: string) => (/^\d+$/.test(text) ? Number(text) : Number.NaN);

export const RULES: readonly Rule<CollectionDraft>[] = [
  {
    field: "name",
    holds: ({ name }) => /^[\p{L}\p{N}_ -]{1,100}$/u.test(name.trim()),
    message: "A name of letters, digits, spaces, _ and -, 100 at most.",
  },
  ...CUTTING_RULES,
  LABELS_RULE,
  {
    field: "neighbours",
    holds: ({ neighbours }) => whole(neighbours) <= 5,
    message: "0 to 5 chunks.",
  },
  {
    field: "allowedGroups",
    holds: ({ inherits, allowedGroups }) => inherits || allowedGroups.length > 0,
    message: "Name a group, or take those of the repository.",
  },
];

/** The body of POST; without what a collection keeps for ever, that of PUT, too. */
export function requestOf(draft: CollectionDraft, was?: Collection): CollectionRequest {
  const fixed = was
    ? {}
    : { embeddingModel: draft.embeddingModel.trim() || null, language: draft.language || null };
  return {
    name: draft.name.trim(),
    description: draft.description.trim(),
    chunkingStrategy: strategyOf(draft) ?? undefined,
    allowChunkingOverride: draft.allowChunkingOverride,
    searchSettings: {
      mode: draft.mode,
      vectorWeight: draft.mode === "hybrid" ? weightOf(draft.vectorWeight) : null,
      neighbours: Number(draft.neighbours),
      rerankModel: draft.rerankModel.trim() || null,
    },
    metadata: labelsOf(draft),
    allowedGroups: draft.inherits ? null : draft.allowedGroups,
    ...fixed,
  };
}

/** Half is what the product takes by itself, and may come to take better. */
function weightOf(percent: number): number | null {
  return percent === 50 ? null : percent / 100;
}

export function draftOf(one: Collection): CollectionDraft {
  const { chunkingStrategy: cutting, searchSettings: search } = one;
  return {
    name: one.name,
    description: one.description,
    embeddingModel: one.embeddingModel,
    language: one.language,
    ...cuttingDraft(cutting),
    allowChunkingOverride: one.allowChunkingOverride,
    mode: search.mode,
    vectorWeight: Math.round((search.vectorWeight ?? 0.5) * 100),
    neighbours: String(search.neighbours),
    rerankModel: search.rerankModel ?? "",
    inherits: !one.allowedGroups?.length,
    allowedGroups: one.allowedGroups ?? [],
    ...labelsDraft(one.metadata),
  };
}
