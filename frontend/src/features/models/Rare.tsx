import ExpandableSection from "@cloudscape-design/components/expandable-section";
import { type ReactNode, useState } from "react";
import { type Control, type FieldPath, type FieldValues, useFormState } from "react-hook-form";

interface Props<Values extends FieldValues> {
  control: Control<Values>;
  /** Its fields: it opens by itself when one of them is wrong. */
  names: readonly FieldPath<Values>[];
  header: string;
  description?: string;
  children: ReactNode;
}

/** What rarely needs another value, folded away. */
export function Rare<Values extends FieldValues>(props: Props<Values>) {
  const { control, names, header, description, children } = props;
  const [open, setOpen] = useState(false);
  const { errors } = useFormState({ control, name: [...names] });
  const wrong = names.some((name) => name in errors);
  return (
    <ExpandableSection
      headerText={header}
      headerDescription={description}
      expanded={open || wrong}
      onChange={({ detail }) => setOpen(detail.expanded)}
    >
      {children}
    </ExpandableSection>
  );
}
