import { zodResolver } from "@hookform/resolvers/zod";
import { useForm } from "react-hook-form";
import { FormModal } from "@/app/FormModal";
import { useNotices } from "@/app/notices";
import { CallFields, PurposeFields } from "./AboutFields";
import { type AboutDraft, AboutRules, aboutOf, changesOf, HOSTED_TYPES, TYPES } from "./about";
import { useModelActions } from "./api";
import { isHosted } from "./status";
import type { Model } from "./types";

/** What may be changed of a model at any time. */
export function EditModel({ model, close }: { model: Model; close: () => void }) {
  const { change } = useModelActions();
  const notices = useNotices();
  const form = useForm<AboutDraft>({
    defaultValues: aboutOf(model),
    resolver: zodResolver(AboutRules),
  });
  const submit = form.handleSubmit(async (draft) => {
    const changes = changesOf(model, draft);
    if (changes) {
      await change(model.modelId, changes);
      notices.tell("success", `${model.modelId} was changed`);
    }
    close();
  });
  return (
    <FormModal
      header={`Edit ${model.modelId}`}
      verb="Save"
      size="large"
      submit={submit}
      close={close}
    >
      <PurposeFields control={form.control} types={isHosted(model) ? HOSTED_TYPES : TYPES} />
      <CallFields control={form.control} hosted={isHosted(model)} />
    </FormModal>
  );
}
