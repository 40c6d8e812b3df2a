import ColumnLayout from "@cloudscape-design/components/column-layout";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { type Control, type FieldPath, useWatch } from "react-hook-form";
import { type AboutDraft, NEVER_STREAMED } from "./about";
import { ChoiceField, LinesField, SwitchField, TextField } from "./inputs";
import { Rare } from "./Rare";

/** Both forms hold these: that of a new model, and that of one that is there. */
type Holder = Control<AboutDraft>;

interface Props {
  control: Holder;
  /** What the model can be. */
  types: readonly string[];
}

/** What a model is, for those who choose one. */
export function PurposeFields({ control, types }: Props) {
  const type = useWatch({ control, name: "modelType" });
  return (
    <SpaceBetween size="l">
      <ChoiceField control={control} name="modelType" label="Type" choices={types} />
      <LinesField
        control={control}
        name="modelDescription"
        label="Description"
        description="What it is good at, for people who choose a model."
      />
      {!NEVER_STREAMED.includes(type) && (
        <SwitchField
          control={control}
          name="streaming"
          label="Streams its answers"
          description="Words appear as they are written."
        />
      )}
    </SpaceBetween>
  );
}

/** Who may call a model, and what happens to a call. */
export function CallFields({ control, hosted }: { control: Holder; hosted: boolean }) {
  return (
    <SpaceBetween size="l">
      {NAMES.map((field) => (
        <TextField key={field.name} control={control} {...field} />
      ))}
      <LinesField
        control={control}
        name="features"
        label="Features"
        description="What it can do besides: one in each line, perhaps with a colon and what about it."
        placeholder={"summarization\nimageInput: reads photographs and tables"}
      />
      <ColumnLayout columns={2}>
        <TextField
          control={control}
          name="retries"
          numeric
          label="Retries"
          description="How often a failed request is sent again, before the fallbacks are asked."
          placeholder={hosted ? "0" : "1"}
        />
        <TextField
          control={control}
          name="cooldownSeconds"
          numeric
          label="Cooldown (seconds)"
          description="How long a failing model is passed over if it has fallbacks; 0 is never."
        />
      </ColumnLayout>
      <LinesField
        control={control}
        name="parameters"
        label="Parameters"
        description="What a request does not say itself, and the provider's own: one in each line."
        placeholder={"temperature=0.2\ntimeout=60"}
      />
      <Rare control={control} names={["forwarding"]} header="How its answers pass">
        <SwitchField
          control={control}
          name="forwarding"
          label="Hand bytes on as they are"
          description="Faster, where its server speaks OpenAI's protocol. Otherwise LiteLLM reads and writes everything."
        />
      </Rare>
    </SpaceBetween>
  );
}

interface Names {
  name: FieldPath<AboutDraft>;
  label: string;
  description: string;
  placeholder: string;
}

const NAMES: Names[] = [
  {
    name: "allowedGroups",
    label: "Groups that may call it",
    description: "With commas between them. Left empty, everybody may.",
    placeholder: "research, legal",
  },
  {
    name: "fallbacks",
    label: "Fallbacks",
    description: "Models that are asked in their order when this one fails: up to five.",
    placeholder: "small-chat",
  },
];
