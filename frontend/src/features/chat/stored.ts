import type { components } from "@/api/schema";
import { citationsOf } from "./stream/chunk";
import type { Message, Parameters, Timing, Told } from "./types";

type Schemas = components["schemas"];

/**
 * Return a message that the service keeps as this page reads it.
 *
 * Other clients may have stored nulls: what is not known is left out here. Where the service keeps
 * any JSON, what is no citation is left out, too.
 */
export function messageOf(stored: Schemas["MessageView"]): Message {
  const { parentId, citations, error, usage, timing, parameters, ...rest } = stored;
  return {
    parentId,
    ...known(rest),
    ...(citations ? { citations: citationsOf(citations) } : {}),
    ...(error ? { error } : {}),
    ...(usage ? { usage: known(usage) } : {}),
    ...(timing && isWhole(timing) ? { timing } : {}),
    // They are what this page asked with.
    ...(parameters ? { parameters: parameters as Parameters } : {}),
  };
}

/** Of one time alone nothing can be said. */
function isWhole(timing: Schemas["TimingView"]): timing is Timing {
  return typeof timing.firstTokenMs === "number" && typeof timing.totalMs === "number";
}

function known<Fields extends object>(fields: Fields): Told<Fields> {
  const all = Object.entries(fields).filter(([, value]) => value !== null);
  return Object.fromEntries(all) as Told<Fields>;
}
