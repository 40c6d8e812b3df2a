import { namesIn } from "@/app/names";
import { z } from "@/app/zod";
import { linesOf, pairsOf, typedValue } from "./lines";
import type { Container, Model, ModelChange, ModelType, ModelWish } from "./types";

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
export const CONTAINERS: readonly Container[] = ["vllm", "tgi", "tei", "instructor", "llamacpp"];

export const whole = (least: number, most: number) =>
  z.string().refine((text) => /^\d+$/.test(text) && +text >= least && +text <= most, {
    message: `Give a whole number from ${least} to ${most}.`,
  });
export const pairs = z.string().refine((text) => !("wrong" in pairsOf(text)), {
  message: "Give one NAME=value in each line.",
});

/** What may be changed of every model, as its forms hold it. */
const about = {
  modelType: z.enum(TYPES),
  modelDescription: z.string().max(1000, "At most 1,000 characters."),
  streaming: z.boolean(),
  /** Names, with commas between them; none is everybody. */
  allowedGroups: z.string(),
  features: z.string(),
  fallbacks: z.string(),
  retries: whole(0, 5),
  cooldownSeconds: whole(0, 3600),
  /** `name=value` lines. */
  parameters: pairs,
};

export const AboutRules = z.object(about);
export type AboutDraft = z.infer<typeof AboutRules>;

/** Everything that a new model is asked for; numbers are text while they are typed. */
const Rules = z.object({
  ...about,
  hosting: z.enum(["external", "hosted"]),
  modelId: z
    .string()
    .regex(/^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/, {
      message: "Use 1 to 63 letters, digits, dots, dashes or underscores, without one at the ends.",
    })
    .refine((id) => !["plan", "metadata", "create"].includes(id), "This name is taken."),
  modelName: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:/@-]{0,254}$/, {
    message: "Give its name, such as bedrock/amazon.titan-text-express-v1 or org/model.",
  }),
  modelUrl: z.string(),
  apiKey: z.string(),
  inferenceContainer: z.enum(CONTAINERS),
  image: z.string(),
  instanceType: z.string(),
  sharedMemory: whole(0, 1_048_576),
  environment: pairs,
  minCapacity: whole(1, 100),
  maxCapacity: whole(1, 100),
  volume: whole(30, 16_384),
  cooldown: whole(1, 3600),
  warmup: whole(1, 3600),
  healthPath: z.string().regex(/^\/[A-Za-z0-9._~/-]{0,255}$/, "Give a path, such as /health."),
  force: z.boolean(),
});

export type Draft = z.infer<typeof Rules>;

export const DraftRules = Rules.superRefine((draft, context) => {
  const say = (path: keyof Draft, message: string) =>
    context.addIssue({ code: "custom", path: [path], message });
  if (draft.hosting === "external") {
    const given = draft.modelUrl !== "";
    const usable = /^https?:\/\/[^\s/?#@\\]+(\/[^\s?#\\]*)?$/.test(draft.modelUrl);
    if (given && !usable) say("modelUrl", "Give http(s)://host/path, without user or query.");
    return;
  }
  if (draft.image === "") say("image", "Name the container's image.");
  if (draft.instanceType === "") say("instanceType", "Choose the machine it runs on.");
  if (!HOSTED_TYPES.includes(draft.modelType)) say("modelType", "Models here write or embed text.");
  if (+draft.minCapacity > +draft.maxCapacity) say("maxCapacity", "This is less than the minimum.");
});

export const EMPTY: Draft = {
  hosting: "external",
  modelId: "",
  modelName: "",
  modelType: "textgen",
  modelDescription: "",
  modelUrl: "",
  apiKey: "",
  streaming: true,
  allowedGroups: "",
  features: "",
  fallbacks: "",
  retries: "1",
  cooldownSeconds: "0",
  parameters: "",
  inferenceContainer: "vllm",
  image: "",
  instanceType: "",
  sharedMemory: "2048",
  environment: "",
  minCapacity: "1",
  maxCapacity: "1",
  volume: "50",
  cooldown: "420",
  warmup: "180",
  healthPath: "/health",
  force: false,
};

/** Return a draft as the API takes it. */
export function wishOf(draft: Draft): ModelWish {
  const { hosting, modelId, modelName, modelUrl, apiKey } = draft;
  const own = { modelId, modelName, ...fieldsOf(draft) };
  if (hosting === "hosted") return { ...own, ...serversOf(draft) };
  return { ...own, ...(modelUrl && { modelUrl }), ...(apiKey && { apiKey }) };
}

/** Return what a plan can be asked for, or null while too little of it is known, or it is no model of ours. */
export function plannable(draft: Draft): ModelWish | null {
  if (draft.hosting !== "hosted" || !DraftRules.safeParse(draft).success) return null;
  const { apiKey: _, ...wish } = wishOf(draft);
  return wish;
}

/** Return a wish as people may see it. */
export function shownWish(wish: ModelWish): ModelWish {
  return wish.apiKey ? { ...wish, apiKey: "(not shown)" } : wish;
}

function fieldsOf(draft: AboutDraft) {
  const { modelType, modelDescription, streaming } = draft;
  const parameters = Object.entries(pairsOf(draft.parameters)).map(
    ([name, text]): [string, unknown] => [name, typedValue(text)],
  );
  return {
    modelType,
    streaming: streaming && !NEVER_STREAMED.includes(modelType),
    ...(modelDescription && { modelDescription }),
    allowedGroups: namesIn(draft.allowedGroups),
    features: namesIn(draft.features).map((name) => ({ name })),
    fallbacks: namesIn(draft.fallbacks),
    retries: Number(draft.retries),
    cooldownSeconds: Number(draft.cooldownSeconds),
    // People write any of the provider's parameters; which there are is the API's to say.
    litellmParams: Object.fromEntries(parameters) as ModelWish["litellmParams"],
  };
}

function serversOf(draft: Draft): Partial<ModelWish> {
  return {
    inferenceContainer: draft.inferenceContainer,
    instanceType: draft.instanceType,
    containerConfig: {
      image: { baseImage: draft.image, type: "registry" },
      sharedMemorySize: Number(draft.sharedMemory),
      environment: pairsOf(draft.environment) as Record<string, string>,
    },
    autoScalingConfig: {
      minCapacity: Number(draft.minCapacity),
      maxCapacity: Number(draft.maxCapacity),
      blockDeviceVolumeSize: Number(draft.volume),
      cooldown: Number(draft.cooldown),
      defaultInstanceWarmup: Number(draft.warmup),
    },
    loadBalancerConfig: { healthCheckConfig: { path: draft.healthPath } },
    ...(draft.force && { force: true }),
  };
}

/** Return what of a model may be changed, for its form. */
export function aboutOf(model: Model): AboutDraft {
  return {
    modelType: model.modelType,
    modelDescription: model.modelDescription ?? "",
    streaming: model.streaming,
    allowedGroups: model.allowedGroups.join(", "),
    features: model.features.map(({ name }) => name).join(", "),
    fallbacks: model.fallbacks.join(", "),
    retries: String(model.retries),
    cooldownSeconds: String(model.cooldownSeconds),
    parameters: linesOf(model.litellmParams),
  };
}

/** Return what a form changed; what it left as it was is not sent, and null is nothing. */
export function changesOf(model: Model, draft: AboutDraft): ModelChange | null {
  const before: Record<string, unknown> = fieldsOf(aboutOf(model));
  const after = Object.entries({ modelDescription: "", ...fieldsOf(draft) });
  const changed = after.filter(([name, value]) => !same(value, before[name] ?? ""));
  if (changed.length === 0) return null;
  return withOverviews(model, Object.fromEntries(changed));
}

/** A feature that stays keeps its words, which the form does not show. */
function withOverviews(model: Model, change: ModelChange): ModelChange {
  if (!change.features) return change;
  const known = new Map(model.features.map((feature) => [feature.name, feature]));
  return { ...change, features: change.features.map((one) => known.get(one.name) ?? one) };
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
