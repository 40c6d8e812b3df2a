import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Form from "@cloudscape-design/components/form";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { type ReactNode, useState } from "react";
import { Problem } from "./Problem";

interface Props {
  header: string;
  /** What the button does, such as `Create`. */
  verb: string;
  size?: "medium" | "large";
  /** Do it: a rejection is shown in the form, and nothing that was typed is lost. */
  submit: () => Promise<unknown>;
  close: () => void;
  children: ReactNode;
}

/** A form in a dialog; Enter in a field sends it. */
export function FormModal({ header, verb, size = "medium", submit, close, children }: Props) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const send = async () => {
    setBusy(true);
    setError(null);
    try {
      await submit();
    } catch (failed) {
      setError(failed);
    }
    setBusy(false);
  };
  const buttons = (
    <SpaceBetween direction="horizontal" size="xs">
      <Button formAction="none" variant="link" onClick={close}>
        Cancel
      </Button>
      <Button variant="primary" loading={busy}>
        {verb}
      </Button>
    </SpaceBetween>
  );
  return (
    <Modal visible header={header} size={size} onDismiss={close} closeAriaLabel="Close">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) void send();
        }}
        noValidate
      >
        <Form actions={buttons}>
          <SpaceBetween size="l">
            {children}
            {error !== null && (
              <Box>
                <Problem header="It was not done" error={error} />
              </Box>
            )}
          </SpaceBetween>
        </Form>
      </form>
    </Modal>
  );
}
