import type { Model } from "@/features/models/types";

/** A model as the gateway lists it: OpenAI's fields, and those that say more where it tells them. */
export interface ListedModel {
  id: string;
  model_type?: string;
  /** In tokens; 0 where nobody knows. */
  context_window?: number;
  features?: readonly { name: string }[];
}

/** A model as administrators see it. */
export type AdministeredModel = Pick<
  Model,
  "modelId" | "modelType" | "modelDescription" | "status" | "contextWindow" | "features"
>;

/** A model that somebody may choose, or sees why not. */
export interface ModelChoice {
  id: string;
  description?: string;
  /** Why it cannot be asked now; nothing for one that can. */
  reason?: string;
  state: string;
  contextWindow?: number;
  /** Whether it takes pictures; undefined where nobody says. */
  images?: boolean;
}

const REASONS: Record<string, string> = {
  Creating: "It is being created. It can be chosen when it is in service.",
  Starting: "It is starting. It can be chosen when it is in service.",
  Updating: "It is being changed. It can be chosen when it is in service.",
  Stopping: "It is being stopped. An administrator can start it again.",
  Stopped: "It is stopped. Start it on the page Models.",
  Failed: "It has failed. The page Models says why.",
  Deleting: "It is being deleted.",
};

/** Return the chat models, those that can be asked first. */
export function choices(
  listed: readonly ListedModel[],
  administered: readonly AdministeredModel[] = [],
): ModelChoice[] {
  const known = new Map(administered.map((model) => [model.modelId, model]));
  const here = new Set(listed.map((model) => model.id));
  const ready = listed
    .filter((model) => chats(known.get(model.id)?.modelType ?? model.model_type))
    .map((model) => choice(model, known.get(model.id)));
  const waiting = administered
    .filter((model) => chats(model.modelType) && !here.has(model.modelId))
    .map(unavailable);
  return [...ready, ...waiting];
}

/** Return the model to begin with: the one that was used last, the organisation's, or the first. */
export function preferred(all: readonly ModelChoice[], ...wished: (string | undefined)[]): string {
  const ready = all.filter((model) => !model.reason);
  const found = wished.find((id) => ready.some((model) => model.id === id));
  return found ?? ready[0]?.id ?? "";
}

function chats(type: string | undefined): boolean {
  return type === undefined || type === "textgen";
}

function choice(model: ListedModel, more: AdministeredModel | undefined): ModelChoice {
  const features = more?.features ?? model.features;
  return {
    id: model.id,
    description: more?.modelDescription || undefined,
    state: more?.status ?? "InService",
    contextWindow: more?.contextWindow || model.context_window || undefined,
    images: features && features.length > 0 ? features.some(takesImages) : undefined,
  };
}

function unavailable(model: AdministeredModel): ModelChoice {
  const reason = REASONS[model.status] ?? "The gateway does not have it yet. Wait a moment.";
  const description = model.modelDescription || undefined;
  return { id: model.modelId, description, state: model.status, reason };
}

function takesImages(feature: { name: string }): boolean {
  return ["imageInput", "image_input", "vision"].includes(feature.name);
}
