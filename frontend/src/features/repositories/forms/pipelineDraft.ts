import type { Pipeline } from "../types";
import type { Rule } from "./useForm";

export interface PipelineDraft {
  s3Bucket: string;
  s3Prefix: string;
  trigger: "event" | "daily";
  /** Empty: the default one. */
  collectionId: string;
  autoRemove: boolean;
  tags: string[];
}

export const EMPTY: PipelineDraft = {
  s3Bucket: "",
  s3Prefix: "",
  trigger: "event",
  collectionId: "",
  autoRemove: true,
  tags: [],
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
];

export function draftOf(one: Pipeline): PipelineDraft {
  return {
    s3Bucket: one.s3Bucket,
    s3Prefix: one.s3Prefix,
    trigger: one.trigger === "event" ? "event" : "daily",
    collectionId: one.collectionId ?? "",
    autoRemove: one.autoRemove,
    tags: one.metadata.tags,
  };
}

/** A pipeline as it is sent; what this page has no field for stays as it was. */
export function pipelineOf(draft: PipelineDraft, was?: Pipeline): Pipeline {
  return {
    s3Bucket: draft.s3Bucket.trim(),
    s3Prefix: draft.s3Prefix,
    trigger: draft.trigger,
    autoRemove: draft.autoRemove,
    collectionId: draft.collectionId || null,
    chunkingStrategy: was?.chunkingStrategy ?? null,
    metadata: { customFields: was?.metadata.customFields ?? {}, tags: draft.tags },
  };
}

/** The list with one in the place of another, or at its end. */
export function replaced(pipelines: readonly Pipeline[], place: number, one: Pipeline): Pipeline[] {
  return place < pipelines.length ? pipelines.with(place, one) : [...pipelines, one];
}
