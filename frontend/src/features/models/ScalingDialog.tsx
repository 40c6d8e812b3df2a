import ColumnLayout from "@cloudscape-design/components/column-layout";
import { zodResolver } from "@hookform/resolvers/zod";
import { useForm } from "react-hook-form";
import { FormModal } from "@/app/FormModal";
import { useNotices } from "@/app/notices";
import { z } from "@/app/zod";
import { useModelActions } from "./api";
import { pairs, whole } from "./draft";
import { LinesField, TextField } from "./inputs";
import { linesOf, pairsOf } from "./lines";
import type { Model, ModelChange } from "./types";

/** The value that takes a variable out. */
const REMOVED = "LISA_MARKED_FOR_DELETION";

const Rules = z
  .object({
    minCapacity: whole(1, 100),
    maxCapacity: whole(1, 100),
    environment: pairs,
  })
  .refine(({ minCapacity, maxCapacity }) => +minCapacity <= +maxCapacity, {
    path: ["maxCapacity"],
    message: "This is less than the minimum.",
  });

type Draft = z.infer<typeof Rules>;

/** How many servers a model has, and their variables: they are replaced one after the other. */
export function ScalingDialog({ model, close }: { model: Model; close: () => void }) {
  const { change } = useModelActions();
  const notices = useNotices();
  const form = useForm<Draft>({
    resolver: zodResolver(Rules),
    defaultValues: {
      minCapacity: String(model.autoScalingConfig?.minCapacity ?? 1),
      maxCapacity: String(model.autoScalingConfig?.maxCapacity ?? 1),
      environment: linesOf(model.containerConfig?.environment),
    },
  });
  const submit = form.handleSubmit(async (draft) => {
    const changes = scalingChange(model, draft);
    if (changes) {
      await change(model.modelId, changes);
      notices.tell("info", `${model.modelId} is being changed`);
    }
    close();
  });
  return (
    <FormModal header={`Scale ${model.modelId}`} verb="Save" submit={submit} close={close}>
      <ColumnLayout columns={2}>
        <TextField control={form.control} name="minCapacity" numeric label="Instances at least" />
        <TextField control={form.control} name="maxCapacity" numeric label="Instances at most" />
      </ColumnLayout>
      <LinesField
        control={form.control}
        name="environment"
        label="Variables of the server"
        description="One NAME=value in each line. With two instances or more, callers notice nothing."
      />
    </FormModal>
  );
}

/** Return what was changed, or null; a variable that is gone is named, since others are kept. */
export function scalingChange(model: Model, draft: Draft): ModelChange | null {
  const was = model.autoScalingConfig;
  const numbers = { minCapacity: +draft.minCapacity, maxCapacity: +draft.maxCapacity };
  const scaled =
    numbers.minCapacity !== was?.minCapacity || numbers.maxCapacity !== was.maxCapacity;
  const environment = changedVariables(
    model.containerConfig?.environment ?? {},
    pairsOf(draft.environment) as Record<string, string>,
  );
  const varied = Object.keys(environment).length > 0;
  if (!scaled && !varied) return null;
  return {
    ...(scaled && { autoScalingInstanceConfig: numbers }),
    ...(varied && { containerConfig: { environment } }),
  };
}

function changedVariables(
  before: Record<string, string>,
  after: Record<string, string>,
): Record<string, string> {
  const changed = Object.entries(after).filter(([name, value]) => before[name] !== value);
  const gone = Object.keys(before).filter((name) => !(name in after));
  return Object.fromEntries([...changed, ...gone.map((name) => [name, REMOVED])]);
}
