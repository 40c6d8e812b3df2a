import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import { EFFORTS, FIELDS, MOST_STOPS, stopsOf } from "../core/parameters";
import { Personas } from "../prompts/Personas";
import type { Parameters, Setup } from "../types";
import { DocumentsForm } from "./DocumentsForm";
import { NumberField } from "./NumberField";
import { SidePanel } from "./SidePanel";

interface Props {
  setup: Setup;
  onChange: (fields: Partial<Setup>) => void;
  onClose: () => void;
}

const BY_ITSELF = { value: "", label: "As the model does" };
const HISTORY = { least: 0, most: 1_000, whole: true };

/** All that a conversation is had with, but its model. */
export function SettingsPanel({ setup, onChange, onClose }: Props) {
  const { parameters } = setup;
  const set = (fields: Partial<Parameters>) =>
    onChange({ parameters: { ...parameters, ...fields } });
  const efforts = [BY_ITSELF, ...EFFORTS.map((effort) => ({ value: effort, label: effort }))];
  return (
    <SidePanel title="Settings" side="right" onClose={onClose}>
      <SpaceBetween size="l">
        <DocumentsForm setup={setup} onChange={onChange} />
        <Personas
          systemPrompt={setup.systemPrompt}
          onChoose={(systemPrompt) => onChange({ systemPrompt })}
        />
        <FormField
          label="System prompt"
          description="What the model is told before the conversation begins."
        >
          <Textarea
            value={setup.systemPrompt}
            rows={4}
            placeholder="You are a helpful assistant…"
            onChange={({ detail }) => onChange({ systemPrompt: detail.value })}
          />
        </FormField>
        <NumberField
          label="History"
          explained="How many earlier messages go with a question."
          usual="All"
          range={HISTORY}
          value={setup.historyLength}
          onValue={(historyLength) => onChange({ historyLength })}
        />
        {FIELDS.map((field) => (
          <NumberField
            key={field.name}
            label={field.label}
            explained={field.explained}
            range={field}
            value={parameters[field.name]}
            onValue={(value) => set({ [field.name]: value })}
          />
        ))}
        <FormField label="Reasoning effort" description="Of models that think before they answer.">
          <Select
            selectedOption={
              efforts.find((one) => one.value === (parameters.reasoning_effort ?? "")) ?? BY_ITSELF
            }
            options={efforts}
            onChange={({ detail }) =>
              set({ reasoning_effort: EFFORTS.find((one) => one === detail.selectedOption.value) })
            }
          />
        </FormField>
        <Stops stop={parameters.stop} onStops={(stop) => set({ stop })} />
        <Button onClick={() => onChange({ parameters: {}, historyLength: undefined })}>
          Reset all parameters
        </Button>
      </SpaceBetween>
    </SidePanel>
  );
}

function Stops({
  stop,
  onStops,
}: {
  stop: string[] | undefined;
  onStops: (stop: string[] | undefined) => void;
}) {
  return (
    <FormField
      label="Stop at"
      description={`An answer ends before one of these; one on each line, ${MOST_STOPS} at most.`}
    >
      <Textarea
        rows={2}
        value={(stop ?? []).join("\n")}
        onChange={({ detail }) =>
          onStops(detail.value === "" ? undefined : keepTyping(detail.value))
        }
      />
    </FormField>
  );
}

/** A line that is just being begun is kept, too. */
function keepTyping(text: string): string[] {
  const lines = stopsOf(text) ?? [];
  return text.endsWith("\n") && lines.length < MOST_STOPS ? [...lines, ""] : lines;
}
