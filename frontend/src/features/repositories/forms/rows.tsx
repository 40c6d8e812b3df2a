import SpaceBetween from "@cloudscape-design/components/space-between";
import { KINDS } from "../words";
import { type CuttingDraft, isCut } from "./cutting";
import { SelectRow, TextareaRow, TextRow, WordsRow } from "./fields";
import type { LabelsDraft } from "./labels";
import type { FormState } from "./useForm";

/** What people say of something: of a document it can be searched by. */
export function LabelRows<Draft extends LabelsDraft>(props: {
  form: FormState<Draft>;
  /** Whose they are, such as “of its documents”. */
  whose?: string;
}) {
  const form = props.form as unknown as FormState<LabelsDraft>;
  const whose = props.whose ? ` ${props.whose}` : "";
  return (
    <SpaceBetween size="m">
      <WordsRow form={form} name="tags" label={`Tags${whose} – optional`} />
      <TextareaRow
        form={form}
        name="customFields"
        label={`Fields${whose} – optional`}
        hint="One name=value in each line. Searches can ask for them, as for tags."
        placeholder={"year=2026\ndepartment=law"}
      />
    </SpaceBetween>
  );
}

interface CuttingProps<Draft> {
  form: FormState<Draft>;
  /** What stands for the collection's own way, where it may be left to that. */
  usual?: string;
}

/** How documents are cut. */
export function CuttingRows<Draft extends CuttingDraft>(props: CuttingProps<Draft>) {
  const form = props.form as unknown as FormState<CuttingDraft>;
  const usual = props.usual ? [{ value: "", label: props.usual }] : [];
  const kinds = Object.entries(KINDS).map(([value, label]) => ({ value, label }));
  return (
    <SpaceBetween size="m">
      <SelectRow
        form={form}
        name="kind"
        label={props.usual ? "Cutting" : "How"}
        options={[...usual, ...kinds]}
      />
      {isCut(form.values) && (
        <SpaceBetween size="m">
          <TextRow form={form} name="size" label="Tokens of a chunk" type="number" />
          <TextRow form={form} name="overlap" label="Tokens said twice" type="number" />
        </SpaceBetween>
      )}
    </SpaceBetween>
  );
}
