import Input from "@cloudscape-design/components/input";
import Multiselect, { type MultiselectProps } from "@cloudscape-design/components/multiselect";
import RadioGroup, { type RadioGroupProps } from "@cloudscape-design/components/radio-group";
import type { ReactNode } from "react";
import type { Control, FieldPath, FieldValues } from "react-hook-form";
import { Field } from "./Field";

interface Of<Values extends FieldValues> {
  control: Control<Values>;
  name: FieldPath<Values>;
  label: ReactNode;
  description?: ReactNode;
}

/** A line of text in a form. */
export function TextField<Values extends FieldValues>(
  props: Of<Values> & { placeholder?: string },
) {
  const { placeholder, ...field } = props;
  return (
    <Field {...field}>
      {({ value, onChange, onBlur, ref }) => (
        <Input
          ref={ref}
          value={value}
          onBlur={onBlur}
          onChange={({ detail }) => onChange(detail.value)}
          placeholder={placeholder}
        />
      )}
    </Field>
  );
}

/** One of a few in a form. */
export function ChoiceField<Values extends FieldValues>(
  props: Of<Values> & { items: RadioGroupProps["items"] },
) {
  const { items, ...field } = props;
  return (
    <Field {...field}>
      {({ value, onChange }) => (
        <RadioGroup items={items} value={value} onChange={({ detail }) => onChange(detail.value)} />
      )}
    </Field>
  );
}

type Loads = Omit<MultiselectProps, "options" | "selectedOptions" | "onChange">;

interface NamesProps extends Loads {
  names: string[];
  chosen: string[];
  choose: (names: string[]) => void;
}

/** Any number of names; how they are loaded is said as to a Multiselect. */
export function Names({ names, chosen, choose, ...loads }: NamesProps) {
  const optionOf = (name: string) => ({ value: name, label: name });
  return (
    <Multiselect
      {...loads}
      options={names.map(optionOf)}
      selectedOptions={chosen.map(optionOf)}
      onChange={({ detail }) => choose(detail.selectedOptions.map((one) => one.value ?? ""))}
    />
  );
}
