import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import { EFFORTS, FIELDS, MOST_STOPS, stopsOf } from "../core/parameters";
import type { Parameters } from "../types";
import { NumberField } from "./NumberField";

interface Props {
  parameters: Parameters;
  onChange: (parameters: Parameters) => void;
}

const BY_ITSELF = { value: "", label: "As the model does" };

/** How a model answers. */
export function ParametersForm({ parameters, onChange }: Props) {
  const set = (fields: Partial<Parameters>) => onChange({ ...parameters, ...fields });
  const efforts = [BY_ITSELF, ...EFFORTS.map((effort) => ({ value: effort, label: effort }))];
  return (
    <SpaceBetween size="l">
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
    </SpaceBetween>
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
