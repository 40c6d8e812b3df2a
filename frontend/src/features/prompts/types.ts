import type { components } from "@/api/schema";

type Schemas = components["schemas"];

/** A persona says who answers, a directive what is to be done. */
export type TemplateType = Schemas["PromptType"];

/**
 * A prompt that is kept. It is shared with its `groups`: `lisa:public` is everybody,
 * `group:<name>` a group, none nobody. Times are ISO 8601, UTC.
 */
export type Template = Schemas["TemplateView"];

export type TemplateWish = Schemas["TemplateWish"];
