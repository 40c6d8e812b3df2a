import Textarea from "@cloudscape-design/components/textarea";
import { zodResolver } from "@hookform/resolvers/zod";
import { useForm } from "react-hook-form";
import { Field } from "@/app/Field";
import { FormModal } from "@/app/FormModal";
import { ChoiceField, TextField } from "@/app/fields";
import { useNotices } from "@/app/notices";
import { useTemplateActions } from "./api";
import { draftOf, draftRules, EMPTY, LONGEST_BODY, type TemplateDraft, wishOf } from "./draft";
import { SharingFields } from "./SharingFields";
import type { Template } from "./types";

interface Props {
  /** What is to be changed; undefined to make a new one. */
  template?: Template;
  close: () => void;
}

const TYPES = [
  { value: "persona", label: "Persona", description: "Who answers: the system prompt of a chat." },
  {
    value: "directive",
    label: "Directive",
    description: "What is to be done: put before you send.",
  },
];

/** The form of a template. */
export function EditTemplate({ template, close }: Props) {
  const { create, change } = useTemplateActions();
  const { tell } = useNotices();
  const form = useForm<TemplateDraft>({
    defaultValues: template ? draftOf(template) : EMPTY,
    resolver: zodResolver(draftRules),
  });
  const { control } = form;
  const submit = form.handleSubmit(async (draft) => {
    const wish = wishOf(draft);
    await (template ? change(template, wish) : create(wish));
    tell("success", `“${wish.title}” was saved.`);
    close();
  });
  const header = template ? `Change “${template.title}”` : "Create a prompt template";
  return (
    <FormModal header={header} verb="Save" size="large" submit={submit} close={close}>
      <TextField control={control} name="title" label="Title" />
      <ChoiceField control={control} name="type" label="Type" items={TYPES} />
      <Field
        control={control}
        name="body"
        label="Prompt"
        constraint={`${form.watch("body").length} of ${LONGEST_BODY} characters.`}
      >
        {({ value, onChange, ref }) => (
          <Textarea
            ref={ref}
            rows={8}
            value={value}
            onChange={({ detail }) => onChange(detail.value)}
          />
        )}
      </Field>
      <SharingFields form={form} />
    </FormModal>
  );
}
