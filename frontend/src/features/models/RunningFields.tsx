import type { Control } from "react-hook-form";
import { LinesField, TextField } from "./inputs";
import { Numbers, type NumberWanted } from "./Numbers";
import { RareNumbers } from "./RareNumbers";
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

/** Of the wizard's form, too. */
export const MEMORY = {
  name: "sharedMemory",
  label: "Shared memory (MiB)",
  description: "Servers that spread a model over several GPUs need some GiB.",
} as const;

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
  return <RareNumbers control={control} header="Pace of scaling" fields={PACE} />;
}

export function MemoryFields({ control }: Props) {
  return <RareNumbers control={control} header="Memory" fields={[MEMORY]} />;
}

/** How the container is asked for its health, and when its task is replaced. */
export function ContainerCheckFields({ control }: Props) {
  const command = (
    <TextField
      control={control}
      name="checkCommand"
      label="Command in the container"
      description="It is healthy while this ends well. The load balancer asks the server besides."
      placeholder="curl -sf http://localhost:8080/health"
    />
  );
  return (
    <RareNumbers
      control={control}
      header="Container's health check"
      first={{ name: "checkCommand", shown: command }}
      fields={CHECK}
    />
  );
}
