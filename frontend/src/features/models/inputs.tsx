import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import Textarea from "@cloudscape-design/components/textarea";
import Toggle from "@cloudscape-design/components/toggle";
import type { Control, FieldPath, FieldValues } from "react-hook-form";
import { Field } from "@/app/Field";

interface Props<Values extends FieldValues> {
  control: Control<Values>;
  name: FieldPath<Values>;
  label: string;
  description?: string;
  constraint?: string;
  placeholder?: string;
}

interface TextProps<Values extends FieldValues> extends Props<Values> {
  type?: "text" | "password";
  numeric?: boolean;
}

/** A form's line of text. */
export function TextField<Values extends FieldValues>(props: TextProps<Values>) {
  const { type = "text", numeric, placeholder, ...field } = props;
  return (
    <Field {...field}>
      {({ value, onChange, onBlur, ref }) => (
        <Input
          ref={ref}
          type={type}
          autoComplete={false}
          inputMode={numeric ? "numeric" : undefined}
          value={value}
          placeholder={placeholder}
          onBlur={onBlur}
          onChange={({ detail }) => onChange(detail.value)}
        />
      )}
    </Field>
  );
}

/** A form's lines of text. */
export function LinesField<Values extends FieldValues>({ placeholder, ...field }: Props<Values>) {
  return (
    <Field {...field}>
      {({ value, onChange, onBlur, ref }) => (
        <Textarea
          ref={ref}
          rows={3}
          value={value}
          placeholder={placeholder}
          onBlur={onBlur}
          onChange={({ detail }) => onChange(detail.value)}
        />
      )}
    </Field>
  );
}

interface ChoiceProps<Values extends FieldValues> extends Props<Values> {
  choices: readonly string[];
  loading?: boolean;
}

/** A form's choice of one; of many it can be searched. */
export function ChoiceField<Values extends FieldValues>(props: ChoiceProps<Values>) {
  const { choices, loading, placeholder, ...field } = props;
  return (
    <Field {...field}>
      {({ value, onChange, onBlur, ref }) => (
        <Select
          ref={ref}
          selectedOption={value === "" ? null : { value, label: value }}
          options={choices.map((choice) => ({ value: choice, label: choice }))}
          filteringType={choices.length > 12 ? "auto" : "none"}
          filteringAriaLabel="Find"
          placeholder={placeholder}
          statusType={loading ? "loading" : "finished"}
          loadingText="Loading…"
          onBlur={onBlur}
          onChange={({ detail }) => onChange(detail.selectedOption.value)}
        />
      )}
    </Field>
  );
}

/** A form's switch. */
export function SwitchField<Values extends FieldValues>(props: Props<Values>) {
  const { label, description, ...field } = props;
  return (
    <Field {...field} label="">
      {({ value, onChange }) => (
        <Toggle
          checked={value}
          description={description}
          onChange={({ detail }) => onChange(detail.checked)}
        >
          {label}
        </Toggle>
      )}
    </Field>
  );
}
