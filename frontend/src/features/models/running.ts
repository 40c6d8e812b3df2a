import { z } from "@/app/zod";
import { command, commandLine, commandOf } from "./command";
import { pairs, whole, wholeOrNothing } from "./rules";
import type { Model, ModelChange } from "./types";
import { variableLines, variablesOf } from "./variables";

/** The value that takes a variable out. */
const REMOVED = "LISA_MARKED_FOR_DELETION";

/** What may be changed of the servers that run a model, as its forms hold it; times in seconds. */
export const running = {
  minCapacity: whole(1, 100),
  maxCapacity: whole(1, 100),
  desiredCapacity: wholeOrNothing(1, 100),
  cooldown: whole(1, 3600),
  warmup: whole(1, 3600),
  environment: pairs,
  /** In MiB. */
  sharedMemory: whole(0, 1_048_576),
  checkCommand: command,
  checkInterval: whole(5, 300),
  checkStart: whole(0, 300),
  checkTimeout: whole(2, 60),
  checkRetries: whole(1, 10),
};

const Running = z.object(running);
export type RunningDraft = z.infer<typeof Running>;

/** Return what is wrong with the numbers of instances together, by its field. */
export function capacityProblem(
  draft: Pick<RunningDraft, "minCapacity" | "maxCapacity" | "desiredCapacity">,
): ["maxCapacity" | "desiredCapacity", string] | undefined {
  const { minCapacity: least, maxCapacity: most, desiredCapacity: wanted } = draft;
  if (+least > +most) return ["maxCapacity", "This is less than the minimum."];
  if (wanted === "" || (+wanted >= +least && +wanted <= +most)) return undefined;
  return ["desiredCapacity", `Give a number from ${least} to ${most}.`];
}

/** The rules of a change: a number of instances that was asked for can only become another one. */
export function rulesFor(model: Model) {
  const asked = model.autoScalingConfig?.desiredCapacity != null;
  return Running.superRefine((draft, context) => {
    const say = (path: string, message: string) =>
      context.addIssue({ code: "custom", path: [path], message });
    const problem = capacityProblem(draft);
    if (problem) say(...problem);
    if (asked && draft.desiredCapacity === "") say("desiredCapacity", "Give a number.");
  });
}

/** Return what of a model's servers may be changed, for its form. */
export function runningOf(model: Model): RunningDraft {
  const { autoScalingConfig: scaling, containerConfig: container } = model;
  const check = container?.healthCheckConfig;
  return {
    minCapacity: String(scaling?.minCapacity ?? 1),
    maxCapacity: String(scaling?.maxCapacity ?? 1),
    desiredCapacity: String(scaling?.desiredCapacity ?? ""),
    cooldown: String(scaling?.cooldown ?? 420),
    warmup: String(scaling?.defaultInstanceWarmup ?? 180),
    environment: variableLines(container?.environment),
    sharedMemory: String(container?.sharedMemorySize ?? 0),
    checkCommand: commandLine(check?.command ?? "exit 0"),
    checkInterval: String(check?.interval ?? 10),
    checkStart: String(check?.startPeriod ?? 300),
    checkTimeout: String(check?.timeout ?? 5),
    checkRetries: String(check?.retries ?? 3),
  };
}

/** Return what was changed, or null; a variable that is gone is named, since others are kept. */
export function runningChange(model: Model, draft: RunningDraft): ModelChange | null {
  const before = runningOf(model);
  const scaling = changed(scalingOf(before), scalingOf(draft));
  const environment = changedVariables(before.environment, draft.environment);
  const container = {
    ...(environment && { environment }),
    ...changed(containerOf(before), containerOf(draft)),
  };
  const scaled = Object.keys(scaling).length > 0;
  const contained = Object.keys(container).length > 0;
  if (!scaled && !contained) return null;
  return {
    ...(scaled && { autoScalingInstanceConfig: scaling }),
    ...(contained && { containerConfig: container }),
  };
}

function scalingOf(draft: RunningDraft) {
  return {
    minCapacity: Number(draft.minCapacity),
    maxCapacity: Number(draft.maxCapacity),
    ...(draft.desiredCapacity && { desiredCapacity: Number(draft.desiredCapacity) }),
    cooldown: Number(draft.cooldown),
    defaultInstanceWarmup: Number(draft.warmup),
  };
}

function containerOf(draft: RunningDraft) {
  return {
    sharedMemorySize: Number(draft.sharedMemory),
    healthCheckCommand: commandOf(draft.checkCommand),
    healthCheckInterval: Number(draft.checkInterval),
    healthCheckTimeout: Number(draft.checkTimeout),
    healthCheckStartPeriod: Number(draft.checkStart),
    healthCheckRetries: Number(draft.checkRetries),
  };
}

function changed<Fields extends object>(before: Fields, after: Fields): Partial<Fields> {
  const was = new Map<string, unknown>(Object.entries(before));
  const fields = Object.entries(after).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(was.get(name)),
  );
  return Object.fromEntries(fields) as Partial<Fields>;
}

function changedVariables(before: string, after: string): Record<string, string> | null {
  const was = variablesOf(before);
  const is = variablesOf(after);
  const gone = Object.keys(was).filter((name) => !(name in is));
  const set = Object.entries(is).filter(([name, value]) => was[name] !== value);
  const all = [...set, ...gone.map((name) => [name, REMOVED])];
  return all.length > 0 ? Object.fromEntries(all) : null;
}
