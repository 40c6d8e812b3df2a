import Alert from "@cloudscape-design/components/alert";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { FormModal } from "@/app/FormModal";
import { CuttingRows, LabelRows } from "../forms/rows";
import { useForm } from "../forms/useForm";
import { RULES, type WishDraft } from "./wish";

interface Props {
  header: string;
  verb: string;
  wish: WishDraft;
  /** Whether the collection lets its documents be cut otherwise. */
  mayCut: boolean;
  save: (wish: WishDraft) => Promise<unknown>;
  close: () => void;
}

/** How documents are to be read: their labels, and how they are cut. */
export function WishDialog({ header, verb, wish, mayCut, save, close }: Props) {
  const form = useForm(wish, RULES, async (draft) => {
    await save(draft);
    close();
  });
  return (
    <FormModal header={header} verb={verb} submit={form.submit} close={close}>
      <SpaceBetween size="m">
        <LabelRows form={form} />
        {mayCut && <CuttingRows form={form} usual="As the collection is set" />}
        {form.failure && (
          <Alert type="error" header="It was not done">
            {form.failure}
          </Alert>
        )}
      </SpaceBetween>
    </FormModal>
  );
}
