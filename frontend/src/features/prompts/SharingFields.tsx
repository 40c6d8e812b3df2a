import Input from "@cloudscape-design/components/input";
import Multiselect from "@cloudscape-design/components/multiselect";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { UseFormReturn } from "react-hook-form";
import { Field } from "@/app/Field";
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
      <Field control={form.control} name="sharing" label="Shared with">
        {({ value, onChange }) => (
          <RadioGroup
            items={choices}
            value={value}
            onChange={({ detail }) => onChange(detail.value)}
          />
        )}
      </Field>
      {sharing === "groups" && (admin ? <AnyGroups form={form} /> : <OwnGroups form={form} />)}
    </SpaceBetween>
  );
}

function AnyGroups({ form }: Props) {
  return (
    <Field
      control={form.control}
      name="groupNames"
      label="Groups"
      description="Names with commas between them."
    >
      {({ value, onChange, ref }) => (
        <Input ref={ref} value={value} onChange={({ detail }) => onChange(detail.value)} />
      )}
    </Field>
  );
}

function OwnGroups({ form }: Props) {
  const { groups } = useCaller();
  return (
    <Field control={form.control} name="groupNames" label="Groups">
      {({ value, onChange }) => (
        <Multiselect
          options={groups.map(optionOf)}
          selectedOptions={namesIn(value).map(optionOf)}
          onChange={({ detail }) =>
            onChange(detail.selectedOptions.map((one) => one.value).join(", "))
          }
          placeholder="Choose groups"
        />
      )}
    </Field>
  );
}

function optionOf(name: string) {
  return { value: name, label: name };
}
