import type { StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";
import type { Model, Status } from "./types";

interface Look {
  type: StatusIndicatorProps.Type;
  /** For people, of whom not everybody knows the API's names. */
  text: string;
}

const LOOKS: Record<Status, Look> = {
  Creating: { type: "in-progress", text: "Creating" },
  InService: { type: "success", text: "In service" },
  Updating: { type: "in-progress", text: "Updating" },
  Stopping: { type: "in-progress", text: "Stopping" },
  Stopped: { type: "stopped", text: "Stopped" },
  Starting: { type: "in-progress", text: "Starting" },
  Deleting: { type: "in-progress", text: "Deleting" },
  Failed: { type: "error", text: "Failed" },
};

export function lookOf(status: Status): Look {
  return LOOKS[status] ?? { type: "info", text: status };
}

/** Whether a workflow changes the model, so that its status will be another one by itself. */
export function isChanging(status: Status): boolean {
  return lookOf(status).type === "in-progress";
}

export type Action = "start" | "stop" | "edit" | "scaling" | "key" | "context" | "delete";

/** Return what an administrator can do with a model as it is now; the API refuses everything else. */
export function actionsFor(model: Model): Action[] {
  if (isChanging(model.status)) return ["delete"];
  if (model.status === "Failed") return ["context", "delete"];
  const turn: Action = model.status === "Stopped" ? "start" : "stop";
  const own: Action = isHosted(model) ? "scaling" : "key";
  return [turn, "edit", own, "context", "delete"];
}

/** Where a model's page is. */
export function addressOf(modelId: string): string {
  return `#/models/${encodeURIComponent(modelId)}`;
}

export function isHosted(model: Model): boolean {
  return model.hostingType === "lisa_hosted";
}

/** Return who runs a model: `bedrock` of `bedrock/amazon.titan`, or the servers' name. */
export function providerOf(model: Model): string {
  if (isHosted(model)) return `Hosted here (${model.inferenceContainer})`;
  if (model.hostingType === "internal_hosted") return "Hosted by your organisation";
  const [provider, name] = model.modelName.split("/", 2);
  return name ? (provider ?? "") : "openai";
}
