import { z } from "@/app/zod";
import { about, fieldsOf, HOSTED_TYPES } from "./about";
import { capacityProblem } from "./running";
import { servers, serversOf, USUAL } from "./servers";
import type { ModelWish } from "./types";

/** Everything that a new model is asked for; numbers are text while they are typed. */
const Rules = z.object({
  ...about,
  ...servers,
  /** At a provider, behind a load balancer of the organisation's, or here. */
  hosting: z.enum(["external", "internal", "hosted"]),
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
});

export type Draft = z.infer<typeof Rules>;

type Say = (path: keyof Draft, message: string) => void;

export const DraftRules = Rules.superRefine((draft, context) => {
  const say: Say = (path, message) => context.addIssue({ code: "custom", path: [path], message });
  if (draft.hosting === "hosted") checkServers(draft, say);
  else checkAddress(draft, say);
});

function checkAddress({ hosting, modelUrl }: Draft, say: Say) {
  const usable = /^https?:\/\/[^\s/?#@\\]+(\/[^\s?#\\]*)?$/.test(modelUrl);
  if (modelUrl !== "" && !usable)
    say("modelUrl", "Give http(s)://host/path, without user or query.");
  else if (hosting === "internal" && !(usable && isBalancer(modelUrl)))
    say("modelUrl", "Give the load balancer's own address, with “elb” in its host.");
}

function isBalancer(address: string): boolean {
  return new URL(address).hostname.split(".").slice(1, -2).includes("elb");
}

function checkServers(draft: Draft, say: Say) {
  if (draft.image === "") say("image", "Name the container's image.");
  if (draft.instanceType === "") say("instanceType", "Choose the machine it runs on.");
  if (!HOSTED_TYPES.includes(draft.modelType)) say("modelType", "Models here write or embed text.");
  const problem = capacityProblem(draft);
  if (problem) say(...problem);
  if (+draft.healthTimeout >= +draft.healthInterval)
    say("healthTimeout", "Give less than the time between two checks.");
}

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
  retries: "",
  cooldownSeconds: "0",
  forwarding: true,
  parameters: "",
  ...USUAL,
};

/** Return a draft as the API takes it. */
export function wishOf(draft: Draft): ModelWish {
  const { hosting, modelId, modelName, modelUrl, apiKey } = draft;
  const own = { modelId, modelName, ...fieldsOf(draft) };
  if (hosting === "hosted") return { ...own, ...serversOf(draft) };
  return {
    ...own,
    ...(hosting === "internal" && { hostingType: "internal_hosted" as const }),
    ...(modelUrl && { modelUrl }),
    ...(apiKey && { apiKey }),
  };
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
