import type { Pipeline, PipelineWish } from "../types";
import { AS_SET, CUTTING_RULES, type CuttingDraft, cuttingDraft, strategyOf } from "./cutting";
import { LABELS_RULE, type LabelsDraft, labelsDraft, labelsOf, NO_LABELS } from "./labels";
import type { Rule } from "./useForm";

export interface PipelineDraft extends CuttingDraft, LabelsDraft {
  s3Bucket: string;
  s3Prefix: string;
  trigger: "event" | "daily";
  /** Empty: the default one. */
  collectionId: string;
  autoRemove: boolean;
}

export const EMPTY: PipelineDraft = {
  s3Bucket: "",
  s3Prefix: "",
  trigger: "event",
  collectionId: "",
  autoRemove: true,
  ...AS_SET,
  ...NO_LABELS,
};

export const RULES: readonly Rule<PipelineDraft>[] = [
  {
    field: "s3Bucket",
    holds: ({ s3Bucket }) => /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(s3Bucket.trim()),
    message: "The name of a bucket: 3 to 63 small letters, digits, dots and hyphens.",
  },
  {
    field: "s3Prefix",
    holds: ({ s3Prefix }) => s3Prefix.length <= 512,
    message: "512 characters at most.",
  },
  ...CUTTING_RULES,
  LABELS_RULE,
];

export function draftOf(one: Pipeline): PipelineDraft {
  return {
    s3Bucket: one.s3Bucket,
    s3Prefix: one.s3Prefix,
    trigger: one.trigger === "event" ? "event" : "daily",
    collectionId: one.collectionId ?? "",
    autoRemove: one.autoRemove,
    ...cuttingDraft(one.chunkingStrategy),
    ...labelsDraft(one.metadata),
  };
}

/** A pipeline as it is sent. */
export function pipelineOf(draft: PipelineDraft): PipelineWish {
  return {
    s3Bucket: draft.s3Bucket.trim(),
    s3Prefix: draft.s3Prefix,
    trigger: draft.trigger,
    autoRemove: draft.autoRemove,
    collectionId: draft.collectionId || null,
    chunkingStrategy: strategyOf(draft),
    metadata: labelsOf(draft),
  };
}

/** The list with one in the place of another, or at its end. */
export function replaced(
  pipelines: readonly PipelineWish[],
  place: number,
  one: PipelineWish,
): PipelineWish[] {
  return place < pipelines.length ? pipelines.with(place, one) : [...pipelines, one];
}
