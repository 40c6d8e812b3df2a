import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tiles from "@cloudscape-design/components/tiles";
import type { Control } from "react-hook-form";
import { useFormContext, useWatch } from "react-hook-form";
import { Code } from "@/app/Code";
import { Field } from "@/app/Field";
import { Problem } from "@/app/Problem";
import { CallFields, PurposeFields } from "./AboutFields";
import { type AboutDraft, HOSTED_TYPES, TYPES } from "./about";
import { type Draft, shownWish, wishOf } from "./draft";
import { SwitchField, TextField } from "./inputs";
import { Planned } from "./Planned";

const HOSTINGS = [
  {
    value: "external",
    label: "A provider's model",
    description: "It runs elsewhere: at Bedrock, at a cloud's API, or at an address that you give.",
  },
  {
    value: "internal",
    label: "A model behind your load balancer",
    description: "Your organisation runs it on AWS, and its load balancer is called.",
  },
  {
    value: "hosted",
    label: "A model that runs here",
    description: "Its weights lie in the models bucket, and servers are made for it.",
  },
];

export function ModelStep() {
  const { control } = useFormContext<Draft>();
  const hosting = useWatch({ control, name: "hosting" });
  const hosted = hosting === "hosted";
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
        {!hosted && <ProviderFields internal={hosting === "internal"} />}
        <PurposeFields control={about(control)} types={hosted ? HOSTED_TYPES : TYPES} />
      </SpaceBetween>
    </Container>
  );
}

function ProviderFields({ internal }: { internal: boolean }) {
  const { control } = useFormContext<Draft>();
  return (
    <SpaceBetween size="l">
      <TextField
        control={control}
        name="modelUrl"
        label={internal ? "Address" : "Address (optional)"}
        description={
          internal
            ? "The load balancer's own, which speaks OpenAI's protocol."
            : "Only where the provider's own is not meant, such as for a server of yours."
        }
        placeholder={
          internal
            ? "http://internal-llm.eu-west-1.elb.amazonaws.com/v1"
            : "https://llm.example.com/v1"
        }
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

export function CallStep() {
  const { control } = useFormContext<Draft>();
  const hosted = useWatch({ control, name: "hosting" }) === "hosted";
  return (
    <Container header={<Header variant="h2">Calls</Header>}>
      <CallFields control={about(control)} hosted={hosted} />
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

/** The fields that both forms have. */
function about(control: Control<Draft>): Control<AboutDraft> {
  return control as unknown as Control<AboutDraft>;
}
