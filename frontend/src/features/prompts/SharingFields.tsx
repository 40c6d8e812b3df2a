import SpaceBetween from "@cloudscape-design/components/space-between";
import type { UseFormReturn } from "react-hook-form";
import { Field } from "@/app/Field";
import { ChoiceField, Names, TextField } from "@/app/fields";
import { namesIn } from "@/app/names";
import { useCaller } from "@/auth/session";
import type { TemplateDraft } from "./draft";

type Props = { form: UseFormReturn<TemplateDraft> };

const PRIVATE = { value: "private", label: "Nobody" };
const GROUPS = { value: "groups", label: "Groups" };
const PUBLIC = { value: "public", label: "Everybody" };

/** With whom a template is shared; with everybody only an administrator may. */
export function SharingFields({ form }: Props) {
  const { admin, groups } = useCaller();
  const [sharing, began] = [form.watch("sharing"), form.formState.defaultValues?.sharing];
  const choices = [PRIVATE];
  if (admin || groups.length > 0 || began === "groups") choices.push(GROUPS);
  if (admin || began === "public") choices.push(PUBLIC);
  return (
    <SpaceBetween size="l">
      <ChoiceField control={form.control} name="sharing" label="Shared with" items={choices} />
      {sharing === "groups" && (admin ? <AnyGroups form={form} /> : <OwnGroups form={form} />)}
    </SpaceBetween>
  );
}

function AnyGroups({ form }: Props) {
  return (
    <TextField
      control={form.control}
      name="groupNames"
      label="Groups"
      description="Names with commas between them."
    />
  );
}

function OwnGroups({ form }: Props) {
  const { groups } = useCaller();
  return (
    <Field control={form.control} name="groupNames" label="Groups">
      {({ value, onChange }) => (
        <Names
          names={groups}
          chosen={namesIn(value)}
          choose={(names) => onChange(names.join(", "))}
          placeholder="Choose groups"
        />
      )}
    </Field>
  );
}
