import { zodResolver } from "@hookform/resolvers/zod";
import { useForm } from "react-hook-form";
import { FormModal } from "@/app/FormModal";
import { useNotices } from "@/app/notices";
import { useModelActions } from "./api";
import {
  CapacityFields,
  ContainerCheckFields,
  MemoryFields,
  PaceFields,
  VariablesField,
} from "./RunningFields";
import { type RunningDraft, rulesFor, runningChange, runningOf } from "./running";
import type { Model } from "./types";

/** How many servers a model has, and how they run: they are replaced one after the other. */
export function ServersDialog({ model, close }: { model: Model; close: () => void }) {
  const { change } = useModelActions();
  const notices = useNotices();
  const form = useForm<RunningDraft>({
    resolver: zodResolver(rulesFor(model)),
    defaultValues: runningOf(model),
  });
  const submit = form.handleSubmit(async (draft) => {
    const changes = runningChange(model, draft);
    if (changes) {
      await change(model.modelId, changes);
      notices.tell("info", `${model.modelId} is being changed`);
    }
    close();
  });
  const { control } = form;
  return (
    <FormModal
      header={`Servers of ${model.modelId}`}
      verb="Save"
      size="large"
      submit={submit}
      close={close}
    >
      <CapacityFields control={control} />
      <VariablesField
        control={control}
        hint="With two instances or more, callers notice nothing of a change."
      />
      <div>
        <MemoryFields control={control} />
        <PaceFields control={control} />
        <ContainerCheckFields control={control} />
      </div>
      <div>Machine, image, disk and load balancer stay: for others, make another model.</div>
    </FormModal>
  );
}
