import FormField from "@cloudscape-design/components/form-field";
import type { ReactElement, ReactNode } from "react";
import {
  type Control,
  Controller,
  type ControllerRenderProps,
  type FieldPath,
  type FieldValues,
} from "react-hook-form";

interface Props<Values extends FieldValues, Name extends FieldPath<Values>> {
  control: Control<Values>;
  name: Name;
  label: ReactNode;
  description?: ReactNode;
  constraint?: ReactNode;
  /** The input, which shows `value` and tells changes by `onChange(value)`. */
  children: (field: ControllerRenderProps<Values, Name>) => ReactElement;
}

/** A field of a form, with its label and what is wrong with it. */
export function Field<Values extends FieldValues, Name extends FieldPath<Values>>(
  props: Props<Values, Name>,
) {
  return (
    <Controller
      control={props.control}
      name={props.name}
      render={({ field, fieldState }) => (
        <FormField
          label={props.label}
          description={props.description}
          constraintText={props.constraint}
          errorText={fieldState.error?.message}
        >
          {props.children(field)}
        </FormField>
      )}
    />
  );
}
