import Select, { type SelectProps } from "@cloudscape-design/components/select";
import { sentence } from "@/api/errors";
import { tokens } from "../core/format";
import type { ModelChoice } from "../models/choices";
import type { Models } from "../models/useModels";

interface Props {
  models: Models;
  chosen: string;
  onChoose: (model: string) => void;
  label?: string;
}

/** Which model is asked: those that cannot be are shown with the reason. */
export function ModelPicker({ models, chosen, onChoose, label = "Model" }: Props) {
  const options = models.all.map(optionOf);
  const selected = options.find((option) => option.value === chosen);
  const unknown = chosen ? { value: chosen, label: chosen } : null;
  return (
    <Select
      ariaLabel={label}
      selectedOption={selected ? { value: selected.value, label: selected.label } : unknown}
      options={options}
      onChange={({ detail }) => onChoose(detail.selectedOption.value ?? "")}
      filteringType={options.length > 7 ? "auto" : "none"}
      filteringAriaLabel="Find a model"
      placeholder="Choose a model"
      statusType={models.error ? "error" : models.loading ? "loading" : "finished"}
      loadingText="Loading models…"
      errorText={models.error ? sentence(models.error) : undefined}
      recoveryText="Try again"
      onLoadItems={({ detail }) => detail.samePage && models.again()}
      empty="There is no model that you may use. Ask your administrator for one."
    />
  );
}

function optionOf(model: ModelChoice): SelectProps.Option {
  const { id, description, reason, state, contextWindow, images } = model;
  const tags = [
    contextWindow ? `reads ${tokens(contextWindow)} tokens` : "",
    images ? "takes pictures" : "",
  ].filter(Boolean);
  return {
    value: id,
    label: id,
    description: reason ?? description,
    labelTag: reason ? state : undefined,
    tags,
    disabled: reason !== undefined,
    disabledReason: reason,
  };
}
