import Alert from "@cloudscape-design/components/alert";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { FormModal } from "@/app/FormModal";
import { useCollections } from "../queries";
import type { Pipeline, PipelineWish } from "../types";
import { CheckRow, SelectRow, TextRow } from "./fields";
import { draftOf, EMPTY, pipelineOf, RULES } from "./pipelineDraft";
import { CuttingRows, LabelRows } from "./rows";
import { useForm } from "./useForm";

interface Props {
  repositoryId: string;
  /** Undefined for a new one. */
  pipeline: Pipeline | undefined;
  save: (pipeline: PipelineWish) => Promise<void>;
  close: () => void;
}

/** One pipeline, to be made or changed. It is shown while it is mounted. */
export function PipelineDialog({ repositoryId, pipeline, save, close }: Props) {
  const collections = useCollections(repositoryId, { pageSize: 100 }).data?.collections ?? [];
  const form = useForm(pipeline ? draftOf(pipeline) : EMPTY, RULES, async (draft) => {
    await save(pipelineOf(draft));
    close();
  });
  return (
    <FormModal
      header={pipeline ? "Edit pipeline" : "Add pipeline"}
      verb="Save"
      submit={form.submit}
      close={close}
    >
      <SpaceBetween size="m">
        <TextRow form={form} name="s3Bucket" label="Bucket" />
        <TextRow
          form={form}
          name="s3Prefix"
          label="Prefix – optional"
          hint="Objects below it become documents. It may not overlap another pipeline’s."
          placeholder="handbook/"
        />
        <SelectRow
          form={form}
          name="collectionId"
          label="Collection"
          options={[
            { value: "", label: "The default one" },
            ...collections
              .filter((one) => !one.default)
              .map((one) => ({ value: one.collectionId, label: one.name })),
          ]}
        />
        <SelectRow form={form} name="trigger" label="When" options={TRIGGERS} />
        <CheckRow form={form} name="autoRemove" label="A deleted object’s document goes, too" />
        <CuttingRows form={form} usual="As the collection is set" />
        <LabelRows form={form} whose="of its documents" />
        {form.failure && (
          <Alert type="error" header="It was not saved">
            {form.failure}
          </Alert>
        )}
      </SpaceBetween>
    </FormModal>
  );
}

export const TRIGGERS = [
  { value: "event", label: "At once, and compared once a day" },
  { value: "daily", label: "Once a day, at midnight UTC" },
];
