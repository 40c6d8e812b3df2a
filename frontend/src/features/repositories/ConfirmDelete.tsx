import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { type ReactNode, useState } from "react";
import { FormModal } from "@/app/FormModal";

interface Props {
  /** What goes, as the dialog's title says it: `Delete collection Contracts?` */
  title: string;
  /** What has to be typed. */
  word: string;
  /** What becomes of it, and what cannot be undone. */
  children: ReactNode;
  remove: () => Promise<unknown>;
  close: () => void;
}

/** Asks before something large goes for good. It is shown while it is mounted. */
export function ConfirmDelete({ title, word, children, remove, close }: Props) {
  const [typed, setTyped] = useState("");
  const [tried, setTried] = useState(false);
  const right = typed.trim() === word;
  const submit = async () => {
    setTried(true);
    if (!right) return;
    await remove();
    close();
  };
  return (
    <FormModal header={title} verb="Delete" submit={submit} close={close}>
      <SpaceBetween size="m">
        <div>{children}</div>
        <FormField
          label={`Type “${word}” to confirm`}
          errorText={tried && !right ? `This is not “${word}”.` : undefined}
        >
          <Input value={typed} autoFocus onChange={({ detail }) => setTyped(detail.value)} />
        </FormField>
      </SpaceBetween>
    </FormModal>
  );
}
