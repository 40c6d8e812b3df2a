import { sentence } from "@/api/errors";
import type { components } from "@/api/schema";
import { isChanging } from "@/features/models/status";
import type { Model } from "@/features/models/types";

type Examined = components["schemas"]["Check"];

/** How one part fares, in the words of whoever asks. */
export interface Check {
  part: string;
  state: "success" | "error" | "loading" | "in-progress" | "stopped" | "warning";
  says: string;
}

interface Asked {
  isPending: boolean;
  error: unknown;
}

/** Return how a part fares that was asked; `well` is what an answer says of it. */
export function checkOf(part: string, asked: Asked, well: string): Check {
  if (asked.isPending) return { part, state: "loading", says: "asking" };
  if (asked.error) return { part, state: "error", says: sentence(asked.error) };
  return { part, state: "success", says: well };
}

/** Return how each thing fares that the product stands on, what failed first. */
export function standsOn(checks: Examined[]): Check[] {
  const told = checks.map(
    ({ name, status, milliseconds, reason, fix }): Check =>
      status === "ok"
        ? { part: name, state: "success", says: `answers within ${milliseconds} ms` }
        : { part: name, state: "error", says: [reason, fix].filter(Boolean).join(" ") },
  );
  return told.sort(
    (one, other) => Number(one.state === "success") - Number(other.state === "success"),
  );
}

/** Return how many models are in each state that matters, the worst first. */
export function countsOf(models: Model[]): Check[] {
  const count = (is: (model: Model) => boolean) => models.filter(is).length;
  const states: [Check["state"], number, string][] = [
    ["error", count(({ status }) => status === "Failed"), "failed"],
    ["warning", count(isTakenBack), "back to what they were, after a change that failed"],
    ["in-progress", count(({ status }) => isChanging(status)), "changing"],
    ["success", count(({ status }) => status === "InService"), "in service"],
    ["stopped", count(({ status }) => status === "Stopped"), "stopped"],
  ];
  return states
    .filter(([, number]) => number > 0)
    .map(([state, number, says]) => ({ part: says, state, says: `${number} ${says}` }));
}

/** Return the models that need somebody: those with a reason why they, or their last change, failed. */
export function troubled(models: Model[]): Model[] {
  return models.filter(({ failureReason }) => failureReason !== null);
}

function isTakenBack(model: Model): boolean {
  return model.failureReason !== null && model.status !== "Failed";
}
