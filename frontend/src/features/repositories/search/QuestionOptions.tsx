import ExpandableSection from "@cloudscape-design/components/expandable-section";
import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { TextareaRow, TextRow } from "../forms/fields";
import type { FormState } from "../forms/useForm";
import { useModelIds } from "../queries";
import { NO_RERANKING, type QuestionDraft } from "./question";

/** Which documents are searched, and how, for this question alone. */
export function QuestionOptions({ form }: { form: FormState<QuestionDraft> }) {
  const [open, setOpen] = useState(false);
  const wrong = (["filter", "weight", "neighbours"] as const).some(form.problem);
  return (
    <ExpandableSection
      headerText="More choices"
      expanded={open || wrong}
      onChange={({ detail }) => setOpen(detail.expanded)}
    >
      <SpaceBetween size="m">
        <TextareaRow
          form={form}
          name="filter"
          label="Only documents with these labels – optional"
          hint="One name=value in each line. The same name twice: either of them."
          placeholder={"tags=hr\nyear=2026"}
        />
        <TextRow
          form={form}
          name="weight"
          label="Meaning in percent – optional"
          hint="0 counts words alone, 100 meaning alone. Left empty, as the collection is set."
          type="number"
        />
        <TextRow
          form={form}
          name="neighbours"
          label="Neighbours – optional"
          hint="Chunks before and after a hit that are shown with it."
          type="number"
        />
        <Reranking form={form} />
      </SpaceBetween>
    </ExpandableSection>
  );
}

function Reranking({ form }: { form: FormState<QuestionDraft> }) {
  const models = useModelIds("rerank");
  const usual = { value: "", label: "As the collection is set" };
  const options = [
    usual,
    { value: NO_RERANKING, label: "None" },
    ...models.map((value) => ({ value, label: value })),
  ];
  return (
    <FormField label="A model that reads the best again">
      <Select
        options={options}
        selectedOption={options.find(({ value }) => value === form.values.rerank) ?? usual}
        onChange={({ detail }) => form.set("rerank", detail.selectedOption.value ?? "")}
      />
    </FormField>
  );
}
