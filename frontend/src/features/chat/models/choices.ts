import { type Listed, reasonOf } from "@/api/served";

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

/** Return the chat models, those that can be asked first. */
export function choices(listed: readonly Listed[], admin: boolean): ModelChoice[] {
  const all = listed.filter(chats).map((model) => choice(model, admin));
  return [...all.filter((one) => !one.reason), ...all.filter((one) => one.reason)];
}

/** Return the model to begin with: the one that was used last, the organisation's, or the first. */
export function preferred(all: readonly ModelChoice[], ...wished: (string | undefined)[]): string {
  const ready = all.filter((model) => !model.reason);
  const found = wished.find((id) => ready.some((model) => model.id === id));
  return found ?? ready[0]?.id ?? "";
}

function chats({ model_type: type }: Listed): boolean {
  return type === undefined || type === "textgen";
}

function choice(model: Listed, admin: boolean): ModelChoice {
  const { id, description, features = [], status = "InService" } = model;
  return {
    id,
    description,
    reason: reasonOf(model, admin),
    state: status,
    contextWindow: model.context_window || undefined,
    images: features.length > 0 ? features.some(takesImages) : undefined,
  };
}

function takesImages(feature: string): boolean {
  return ["imageInput", "image_input", "vision"].includes(feature);
}
