import ColumnLayout from "@cloudscape-design/components/column-layout";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { type Control, useFormContext } from "react-hook-form";
import { useInstanceTypes } from "./api";
import type { Draft } from "./draft";
import { ChoiceField, TextField } from "./inputs";
import type { NumberWanted } from "./Numbers";
import { Planned } from "./Planned";
import { Rare } from "./Rare";
import { RareNumbers } from "./RareNumbers";
import {
  CapacityFields,
  ContainerCheckFields,
  MEMORY,
  PaceFields,
  VariablesField,
} from "./RunningFields";
import type { RunningDraft } from "./running";
import { CONTAINERS, IMAGE_TYPES, METRICS } from "./servers";

type Wanted = NumberWanted<Draft>;
type Props = { control: Control<Draft> };

/** What a model that runs here runs on. */
export function ServersStep() {
  const { control } = useFormContext<Draft>();
  const shared = control as unknown as Control<RunningDraft>;
  return (
    <SpaceBetween size="l">
      <Container header={<Header variant="h2">What it runs on</Header>}>
        <SpaceBetween size="l">
          <MachineFields control={control} />
          <CapacityFields control={shared} />
          <VariablesField control={shared} />
          <div>
            <ImageTypeField control={control} />
            <RareNumbers control={control} header="Memory" fields={[MEMORY, RESERVED]} />
            <PaceFields control={shared} />
            <MetricFields control={control} />
            <ContainerCheckFields control={shared} />
            <BalancerFields control={control} />
          </div>
        </SpaceBetween>
      </Container>
      <Planned />
    </SpaceBetween>
  );
}

function MachineFields({ control }: Props) {
  const instances = useInstanceTypes();
  return (
    <ColumnLayout columns={2}>
      <ChoiceField
        control={control}
        name="inferenceContainer"
        label="Server"
        choices={CONTAINERS}
      />
      <TextField
        control={control}
        name="image"
        label="Container image"
        placeholder="vllm/vllm-openai:v0.5.0"
      />
      <ChoiceField
        control={control}
        name="instanceType"
        label="Machine"
        placeholder="Choose an instance type"
        choices={instances.data ?? []}
        loading={instances.isPending}
      />
      <TextField control={control} name="volume" numeric label="Disk (GiB)" />
    </ColumnLayout>
  );
}

function ImageTypeField({ control }: Props) {
  return (
    <Rare control={control} names={["imageType"]} header="Where its image comes from">
      <ChoiceField
        control={control}
        name="imageType"
        label="Kind of image"
        description="registry and external are pulled by their names, ecr from your account's registry; asset and tarball were staged there before."
        choices={IMAGE_TYPES}
      />
    </Rare>
  );
}

const RESERVED: Wanted = {
  name: "memoryReservation",
  label: "Memory kept for it (MiB, optional)",
  description: "Left empty, what the machine has, without what its system needs.",
};

const LOAD: Wanted[] = [
  { name: "metricTarget", label: "Its value for each instance" },
  { name: "metricSpan", label: "Measured over (s)" },
  {
    name: "metricWarmup",
    label: "Warm-up until it counts (s)",
    description: "How long a new instance takes until it carries its share.",
  },
];

/** What the number of instances follows. */
function MetricFields({ control }: Props) {
  const metric = (
    <ChoiceField
      control={control}
      name="metric"
      label="Figure of the load balancer"
      description="Instances are added above its value, and taken away below it."
      choices={METRICS}
    />
  );
  return (
    <RareNumbers
      control={control}
      header="What the number of instances follows"
      first={{ name: "metric", shown: metric }}
      fields={LOAD}
    />
  );
}

const BALANCER: Wanted[] = [
  { name: "healthInterval", label: "Time between two requests (s)" },
  { name: "healthTimeout", label: "Longest response (s)" },
  { name: "healthyCount", label: "Successes until it is called" },
  { name: "unhealthyCount", label: "Failures until it is not called" },
];

/** How the load balancer asks a server whether it may be called. */
function BalancerFields({ control }: Props) {
  const path = (
    <TextField
      control={control}
      name="healthPath"
      label="Path of its health check"
      description="The server answers 200 there once it has its weights."
    />
  );
  return (
    <RareNumbers
      control={control}
      header="Load balancer's health check"
      first={{ name: "healthPath", shown: path }}
      fields={BALANCER}
    />
  );
}
