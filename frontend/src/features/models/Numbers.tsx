import ColumnLayout from "@cloudscape-design/components/column-layout";
import type { Control, FieldPath, FieldValues } from "react-hook-form";
import { TextField } from "./inputs";

export interface NumberWanted<Values extends FieldValues> {
  name: FieldPath<Values>;
  label: string;
  description?: string;
  placeholder?: string;
}

interface Props<Values extends FieldValues> {
  control: Control<Values>;
  fields: readonly NumberWanted<Values>[];
}

/** A form's numbers, side by side where there is room. */
export function Numbers<Values extends FieldValues>({ control, fields }: Props<Values>) {
  return (
    <ColumnLayout columns={2}>
      {fields.map((field) => (
        <TextField key={field.name} control={control} numeric {...field} />
      ))}
    </ColumnLayout>
  );
}
