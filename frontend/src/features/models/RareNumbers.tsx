import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";
import type { Control, FieldPath, FieldValues } from "react-hook-form";
import { Numbers, type NumberWanted } from "./Numbers";
import { Rare } from "./Rare";

interface Props<Values extends FieldValues> {
  control: Control<Values>;
  header: string;
  fields: readonly NumberWanted<Values>[];
  /** A field that is no number, and stands before these. */
  first?: { name: FieldPath<Values>; shown: ReactNode };
}

/** Numbers that rarely need another value, folded away. */
export function RareNumbers<Values extends FieldValues>(props: Props<Values>) {
  const { control, header, fields, first } = props;
  const names = [...(first ? [first.name] : []), ...fields.map(({ name }) => name)];
  return (
    <Rare control={control} names={names} header={header}>
      <SpaceBetween size="l">
        {first?.shown}
        <Numbers control={control} fields={fields} />
      </SpaceBetween>
    </Rare>
  );
}
