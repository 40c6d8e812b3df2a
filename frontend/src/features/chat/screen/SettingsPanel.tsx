import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import { useConfiguration } from "@/features/configuration/useConfiguration";
import { Personas } from "../prompts/Personas";
import type { Setup } from "../types";
import { DocumentsForm } from "./DocumentsForm";
import { NumberField } from "./NumberField";
import { ParametersForm } from "./ParametersForm";
import { SidePanel } from "./SidePanel";

interface Props {
  setup: Setup;
  onChange: (fields: Partial<Setup>) => void;
  onClose: () => void;
}

const HISTORY = { least: 0, most: 1_000, whole: true };

/** All that a conversation is had with, but its model; what is switched off is not there. */
export function SettingsPanel({ setup, onChange, onClose }: Props) {
  const { editChatHistoryBuffer, editKwargs, ragSelectionAvailable } =
    useConfiguration().enabledComponents;
  return (
    <SidePanel title="Settings" side="right" onClose={onClose}>
      <SpaceBetween size="l">
        {ragSelectionAvailable && <DocumentsForm setup={setup} onChange={onChange} />}
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
        {editChatHistoryBuffer && (
          <NumberField
            label="History"
            explained="How many earlier messages go with a question."
            usual="All"
            range={HISTORY}
            value={setup.historyLength}
            onValue={(historyLength) => onChange({ historyLength })}
          />
        )}
        {editKwargs && (
          <ParametersForm
            parameters={setup.parameters}
            onChange={(parameters) => onChange({ parameters })}
          />
        )}
        {(editKwargs || editChatHistoryBuffer) && (
          <Button onClick={() => onChange({ parameters: {}, historyLength: undefined })}>
            Reset all parameters
          </Button>
        )}
      </SpaceBetween>
    </SidePanel>
  );
}
