import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";

interface Props {
  name: string;
  busy: boolean;
  onDelete: () => void;
  onClose: () => void;
}

/** Asks whether a conversation is really to go. */
export function DeleteSession({ name, busy, onDelete, onClose }: Props) {
  return (
    <Modal
      visible
      header="Delete this chat?"
      closeAriaLabel="Close"
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              Cancel
            </Button>
            <Button variant="primary" loading={busy} onClick={onDelete}>
              Delete
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      “{name}” goes with all its branches, for good. To keep a copy, export it first.
    </Modal>
  );
}
