import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";
import type { Control } from "react-hook-form";
import { LinesField, TextField } from "./inputs";
import { Numbers, type NumberWanted } from "./Numbers";
import { Rare } from "./Rare";
import type { RunningDraft } from "./running";

/** Both forms hold these: that of a new model, and that of one that runs. */
interface Props {
  control: Control<RunningDraft>;
}

type Wanted = NumberWanted<RunningDraft>;

const CAPACITY: Wanted[] = [
  { name: "minCapacity", label: "Instances at least" },
  { name: "maxCapacity", label: "Instances at most" },
];

const DESIRED: Wanted = {
  name: "desiredCapacity",
  label: "Instances to begin with (optional)",
  description: "Left empty, the least. Load changes it later.",
};

const PACE: Wanted[] = [
  DESIRED,
  {
    name: "cooldown",
    label: "Cooldown of scaling (s)",
    description: "How long nothing else changes after a change.",
  },
  {
    name: "warmup",
    label: "Warm-up of an instance (s)",
    description: "How long a new one's figures do not count.",
  },
];

const CHECK: Wanted[] = [
  { name: "checkInterval", label: "Time between two checks (s)" },
  { name: "checkTimeout", label: "Longest answer (s)" },
  {
    name: "checkStart",
    label: "Time to start (s)",
    description: "Failures count only after it. Large weights take minutes.",
  },
  { name: "checkRetries", label: "Failures until it is replaced" },
];

const MEMORY: Wanted[] = [
  {
    name: "sharedMemory",
    label: "Shared memory (MiB)",
    description: "Servers that spread a model over several GPUs need some GiB.",
  },
];

export function CapacityFields({ control }: Props) {
  return <Numbers control={control} fields={CAPACITY} />;
}

export function VariablesField({ control, hint = "" }: Props & { hint?: string }) {
  return (
    <LinesField
      control={control}
      name="environment"
      label="Variables of the server"
      description={`One NAME=value in each line. ${hint}`.trim()}
      placeholder="MAX_TOTAL_TOKENS=4096"
    />
  );
}

export function PaceFields({ control }: Props) {
  return (
    <Rare control={control} names={PACE.map(({ name }) => name)} header="Pace of scaling">
      <Numbers control={control} fields={PACE} />
    </Rare>
  );
}

export function MemoryFields({ control, children }: Props & { children?: ReactNode }) {
  return (
    <Rare control={control} names={["sharedMemory"]} header="Memory">
      <SpaceBetween size="l">
        <Numbers control={control} fields={MEMORY} />
        {children}
      </SpaceBetween>
    </Rare>
  );
}

/** How the container is asked for its health, and when its task is replaced. */
export function ContainerCheckFields({ control }: Props) {
  const names = ["checkCommand" as const, ...CHECK.map(({ name }) => name)];
  return (
    <Rare control={control} names={names} header="Container's health check">
      <SpaceBetween size="l">
        <TextField
          control={control}
          name="checkCommand"
          label="Command in the container"
          description="It is healthy while this ends well. The load balancer asks the server besides."
          placeholder="curl -sf http://localhost:8080/health"
        />
        <Numbers control={control} fields={CHECK} />
      </SpaceBetween>
    </Rare>
  );
}
