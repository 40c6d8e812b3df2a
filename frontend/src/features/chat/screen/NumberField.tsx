import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { useEffect, useState } from "react";
import { entered, type Field } from "../core/parameters";

interface Props {
  label: string;
  explained: string;
  range: Pick<Field, "least" | "most" | "whole">;
  value: number | undefined;
  onValue: (value: number | undefined) => void;
  /** What holds where nothing is entered. */
  usual?: string;
}

/** A number that may be left to the model. What is no number is said, and not taken. */
export function NumberField(props: Props) {
  const { label, explained, range, value, onValue, usual = "As the model does" } = props;
  const [text, setText] = useState(value?.toString() ?? "");
  const typed = entered(text, range);
  useEffect(() => {
    setText((now) => (entered(now, range).value === value ? now : (value?.toString() ?? "")));
  }, [value, range]);
  return (
    <FormField label={label} description={explained} errorText={typed.error}>
      <Input
        value={text}
        inputMode="decimal"
        placeholder={usual}
        onChange={({ detail }) => {
          setText(detail.value);
          const next = entered(detail.value, range);
          if (!next.error) onValue(next.value);
        }}
      />
    </FormField>
  );
}
