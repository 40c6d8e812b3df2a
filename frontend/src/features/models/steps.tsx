import Box from "@cloudscape-design/components/box";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import Container from "@cloudscape-design/components/container";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tiles from "@cloudscape-design/components/tiles";
import type { Control } from "react-hook-form";
import { useFormContext, useWatch } from "react-hook-form";
import { Code } from "@/app/Code";
import { Field } from "@/app/Field";
import { Problem } from "@/app/Problem";
import { CallFields, PurposeFields } from "./AboutFields";
import { useInstanceTypes } from "./api";
import {
  type AboutDraft,
  CONTAINERS,
  type Draft,
  HOSTED_TYPES,
  plannable,
  shownWish,
  TYPES,
  wishOf,
} from "./draft";
import { ChoiceField, LinesField, SwitchField, TextField } from "./inputs";
import { PlanVerdict } from "./PlanVerdict";

const HOSTINGS = [
  {
    value: "external",
    label: "A provider's model",
    description: "It runs elsewhere: at Bedrock, at a cloud's API, or in your organisation.",
  },
  {
    value: "hosted",
    label: "A model that runs here",
    description: "Its weights lie in the models bucket, and servers are made for it.",
  },
];

export function ModelStep() {
  const { control } = useFormContext<Draft>();
  const hosted = useWatch({ control, name: "hosting" }) === "hosted";
  return (
    <Container header={<Header variant="h2">What it is</Header>}>
      <SpaceBetween size="l">
        <Field control={control} name="hosting" label="Where it runs">
          {({ value, onChange }) => (
            <Tiles
              items={HOSTINGS}
              value={value}
              onChange={({ detail }) => onChange(detail.value)}
            />
          )}
        </Field>
        <TextField
          control={control}
          name="modelId"
          label="Name"
          description="By which people and programs call it. It cannot be changed."
          placeholder="team-chat"
        />
        <TextField
          control={control}
          name="modelName"
          label={hosted ? "Weights" : "The provider's name for it"}
          description={hosted ? "Where they lie in the models bucket." : "Provider, slash, model."}
          placeholder={hosted ? "org/model" : "bedrock/amazon.titan-text-express-v1"}
        />
        {!hosted && <ProviderFields />}
        <PurposeFields control={about(control)} types={hosted ? HOSTED_TYPES : TYPES} />
      </SpaceBetween>
    </Container>
  );
}

function ProviderFields() {
  const { control } = useFormContext<Draft>();
  return (
    <SpaceBetween size="l">
      <TextField
        control={control}
        name="modelUrl"
        label="Address (optional)"
        description="Only where the provider's own is not meant, such as for a server of yours."
        placeholder="https://llm.example.com/v1"
      />
      <TextField
        control={control}
        name="apiKey"
        type="password"
        label="API key (optional)"
        description="It goes into the vault, and is shown nowhere afterwards. Bedrock needs none."
      />
    </SpaceBetween>
  );
}

export function ServersStep() {
  const { control } = useFormContext<Draft>();
  const instances = useInstanceTypes();
  return (
    <SpaceBetween size="l">
      <Container header={<Header variant="h2">What it runs on</Header>}>
        <SpaceBetween size="l">
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
            <TextField control={control} name="minCapacity" numeric label="Instances at least" />
            <TextField control={control} name="maxCapacity" numeric label="Instances at most" />
          </ColumnLayout>
          <LinesField
            control={control}
            name="environment"
            label="Variables of the server"
            description="One NAME=value in each line."
            placeholder="MAX_TOTAL_TOKENS=4096"
          />
          <RareFields />
        </SpaceBetween>
      </Container>
      <Planned />
    </SpaceBetween>
  );
}

function RareFields() {
  const { control } = useFormContext<Draft>();
  return (
    <ExpandableSection headerText="What rarely needs another value">
      <ColumnLayout columns={2}>
        <TextField control={control} name="healthPath" label="Path of its health check" />
        <TextField control={control} name="sharedMemory" numeric label="Shared memory (MiB)" />
        <TextField control={control} name="cooldown" numeric label="Cooldown of scaling (s)" />
        <TextField control={control} name="warmup" numeric label="Warm-up of an instance (s)" />
      </ColumnLayout>
    </ExpandableSection>
  );
}

export function CallStep() {
  const { control } = useFormContext<Draft>();
  return (
    <Container header={<Header variant="h2">Calls</Header>}>
      <CallFields control={about(control)} />
    </Container>
  );
}

/** What will be made; a model that would not start must be insisted on. */
export function ReviewStep({ error }: { error: unknown }) {
  const { control, getValues } = useFormContext<Draft>();
  const draft = getValues();
  return (
    <SpaceBetween size="l">
      {draft.hosting === "hosted" && (
        <SpaceBetween size="l">
          <Planned />
          <SwitchField
            control={control}
            name="force"
            label="Create it even if the plan says that it cannot start"
            description="Plans know the usual, not every server."
          />
        </SpaceBetween>
      )}
      <Container header={<Header variant="h2">What is sent</Header>}>
        <Code label="what is sent" text={JSON.stringify(shownWish(wishOf(draft)), null, 2)} />
        <Box color="text-body-secondary" fontSize="body-s">
          The same works with POST /models.
        </Box>
      </Container>
      {error !== null && <Problem header="It was not created" error={error} />}
    </SpaceBetween>
  );
}

function Planned() {
  const { control } = useFormContext<Draft>();
  // Every field counts, and each change renders this part alone.
  const draft = useWatch({ control }) as Draft;
  return (
    <Container header={<Header variant="h2">Will it start?</Header>}>
      <PlanVerdict wish={plannable(draft)} />
    </Container>
  );
}

/** The fields that both forms have. */
function about(control: Control<Draft>): Control<AboutDraft> {
  return control as unknown as Control<AboutDraft>;
}
