import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { type ReactNode, useState } from "react";
import { Problem } from "./Problem";

interface Props {
  header: string;
  /** What the button does, such as `Revoke`. */
  verb: string;
  act: () => Promise<unknown>;
  close: () => void;
  /** What happens, and whether it can be undone. */
  children: ReactNode;
}

/** Asks before something is done that is hard to undo; stays open when it fails, and says why. */
export function Confirm({ header, verb, act, close, children }: Props) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const confirm = async () => {
    setBusy(true);
    try {
      await act();
      close();
    } catch (failed) {
      setError(failed);
      setBusy(false);
    }
  };
  const buttons = (
    <Box float="right">
      <SpaceBetween direction="horizontal" size="xs">
        <Button variant="link" onClick={close}>
          Cancel
        </Button>
        <Button variant="primary" loading={busy} onClick={() => void confirm()}>
          {verb}
        </Button>
      </SpaceBetween>
    </Box>
  );
  return (
    <Modal visible header={header} onDismiss={close} footer={buttons} closeAriaLabel="Close">
      <SpaceBetween size="m">
        <Box>{children}</Box>
        {error !== null && <Problem header="It was not done" error={error} />}
      </SpaceBetween>
    </Modal>
  );
}
