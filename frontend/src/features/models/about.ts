import { pairsOf, type Typed, typedLines, typedValue } from "@/app/lines";
import { namesIn } from "@/app/names";
import { z } from "@/app/zod";
import { featureLines, featuresIn } from "./features";
import { pairs, whole, wholeOrNothing } from "./rules";
import type { Model, ModelChange, ModelType, ModelWish } from "./types";

export const HOSTED_TYPES: readonly ModelType[] = ["textgen", "embedding"];
export const TYPES: readonly ModelType[] = [
  ...HOSTED_TYPES,
  "imagegen",
  "rerank",
  "speech",
  "transcription",
  "moderation",
];
/** Their answers are one piece. */
export const NEVER_STREAMED: readonly ModelType[] = ["embedding", "rerank", "moderation"];

/** What may be changed of every model, as its forms hold it. */
export const about = {
  modelType: z.enum(TYPES),
  modelDescription: z.string().max(1000, "At most 1,000 characters."),
  streaming: z.boolean(),
  /** Names, with commas between them; none is everybody. */
  allowedGroups: z.string(),
  /** One in each line, perhaps with a colon and what about it. */
  features: z.string(),
  fallbacks: z.string(),
  /** Nothing is as usual for a model of its kind. */
  retries: wholeOrNothing(0, 5),
  cooldownSeconds: whole(0, 3600),
  forwarding: z.boolean(),
  /** `name=value` lines. */
  parameters: pairs,
};

export const AboutRules = z.object(about);
export type AboutDraft = z.infer<typeof AboutRules>;

/** Return what a draft says of any model, as the API takes it. */
export function fieldsOf(draft: AboutDraft) {
  const { modelType, modelDescription, streaming, retries, forwarding } = draft;
  const parameters = Object.entries(pairsOf(draft.parameters)).map(
    ([name, text]): [string, unknown] => [name, typedValue(text)],
  );
  return {
    modelType,
    streaming: streaming && !NEVER_STREAMED.includes(modelType),
    ...(modelDescription && { modelDescription }),
    allowedGroups: namesIn(draft.allowedGroups),
    features: featuresIn(draft.features),
    fallbacks: namesIn(draft.fallbacks),
    ...(retries && { retries: Number(retries) }),
    cooldownSeconds: Number(draft.cooldownSeconds),
    forwarding,
    // People write any of the provider's parameters; which there are is the API's to say.
    litellmParams: Object.fromEntries(parameters) as ModelWish["litellmParams"],
  };
}

/** Return what of a model may be changed, for its form. */
export function aboutOf(model: Model): AboutDraft {
  return {
    modelType: model.modelType,
    modelDescription: model.modelDescription ?? "",
    streaming: model.streaming,
    allowedGroups: model.allowedGroups.join(", "),
    features: featureLines(model.features),
    fallbacks: model.fallbacks.join(", "),
    retries: String(model.retries),
    cooldownSeconds: String(model.cooldownSeconds),
    forwarding: model.forwarding,
    parameters: typedLines(model.litellmParams as Typed),
  };
}

/** Return what a form changed; what it left as it was is not sent, and null is nothing. */
export function changesOf(model: Model, draft: AboutDraft): ModelChange | null {
  const before: Record<string, unknown> = fieldsOf(aboutOf(model));
  const after = Object.entries({ modelDescription: "", ...fieldsOf(draft) });
  const changed = after.filter(([name, value]) => !same(value, before[name] ?? ""));
  return changed.length === 0 ? null : Object.fromEntries(changed);
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
