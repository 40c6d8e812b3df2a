import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import { useTemplates } from "./useTemplates";

interface Props {
  systemPrompt: string;
  onChoose: (body: string) => void;
}

/** Takes the system prompt from the library. Nothing where the library has none. */
export function Personas({ systemPrompt, onChoose }: Props) {
  const personas = useTemplates("persona");
  if (personas.length === 0) return null;
  const options = personas.map(({ id, title }) => ({ value: id, label: title }));
  const chosen = personas.find((one) => one.body === systemPrompt)?.id;
  return (
    <FormField label="Persona" description="A system prompt of the library, which you may change.">
      <Select
        selectedOption={options.find((one) => one.value === chosen) ?? null}
        options={options}
        placeholder="Choose a persona"
        filteringType={options.length > 7 ? "auto" : "none"}
        onChange={({ detail }) => {
          const persona = personas.find((one) => one.id === detail.selectedOption.value);
          if (persona) onChoose(persona.body);
        }}
      />
    </FormField>
  );
}
