import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Select from "@cloudscape-design/components/select";
import { sentence } from "@/api/errors";
import { useServedModels } from "@/api/served";

interface Props {
  chosen: string;
  choose: (model: string) => void;
}

const NONE = { value: "", label: "None: people choose each time" };

/** The model with which a new conversation begins. */
export function DefaultModelForm({ chosen, choose }: Props) {
  const { data: served, error, isPending } = useServedModels("textgen");
  const models = (served ?? []).map((model) => ({ value: model, label: model }));
  const missing = served !== undefined && chosen !== "" && !served.includes(chosen);
  const current = chosen === "" ? NONE : { value: chosen, label: chosen };
  return (
    <Container header={<Header variant="h2">Default model</Header>}>
      <FormField
        label="A new conversation begins with"
        warningText={missing ? "This model is not in service: people choose until it is." : null}
      >
        <Select
          options={[NONE, ...models]}
          selectedOption={current}
          onChange={({ detail }) => choose(detail.selectedOption.value ?? "")}
          filteringType="auto"
          statusType={error ? "error" : isPending ? "loading" : "finished"}
          loadingText="Loading models…"
          errorText={error ? sentence(error) : undefined}
        />
      </FormField>
    </Container>
  );
}
