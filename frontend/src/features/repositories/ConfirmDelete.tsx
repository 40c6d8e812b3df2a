import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { type FormEvent, type ReactNode, useState } from "react";
import { sentence } from "@/api/errors";

interface Props {
  /** What goes, as the dialog's title says it: `Delete collection Contracts?` */
  title: string;
  /** What has to be typed; nothing has to be where it is left out. */
  word?: string;
  /** What becomes of it, and what cannot be undone. */
  children: ReactNode;
  remove: () => Promise<unknown>;
  close: () => void;
}

/** Asks before something goes for good. It is shown while it is mounted. */
export function ConfirmDelete({ title, word, children, remove, close }: Props) {
  const [typed, setTyped] = useState("");
  const [state, setState] = useState<{ busy: boolean; problem?: string }>({ busy: false });
  const ready = word === undefined || typed.trim() === word;
  const submit = async (event?: FormEvent) => {
    event?.preventDefault();
    if (!ready || state.busy) return;
    setState({ busy: true });
    try {
      await remove();
      close();
    } catch (error) {
      setState({ busy: false, problem: sentence(error) });
    }
  };
  const footer = (
    <Box float="right">
      <SpaceBetween direction="horizontal" size="xs">
        <Button variant="link" onClick={close}>
          Cancel
        </Button>
        <Button
          variant="primary"
          disabled={!ready}
          loading={state.busy}
          onClick={() => void submit()}
        >
          Delete
        </Button>
      </SpaceBetween>
    </Box>
  );
  return (
    <Modal visible header={title} closeAriaLabel="Close" onDismiss={close} footer={footer}>
      <form onSubmit={(event) => void submit(event)}>
        <SpaceBetween size="m">
          <div>{children}</div>
          {word !== undefined && (
            <FormField label={`Type “${word}” to confirm`}>
              <Input value={typed} autoFocus onChange={({ detail }) => setTyped(detail.value)} />
            </FormField>
          )}
          {state.problem && (
            <Alert type="error" header="It was not deleted">
              {state.problem}
            </Alert>
          )}
        </SpaceBetween>
      </form>
    </Modal>
  );
}
