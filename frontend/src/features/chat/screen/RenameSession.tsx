import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";

interface Props {
  name: string;
  onName: (name: string) => void;
  onClose: () => void;
}

const LONGEST = 100;

/** Asks for another name of a conversation. */
export function RenameSession({ name, onName, onClose }: Props) {
  const [text, setText] = useState(name);
  const trimmed = text.trim();
  const long = trimmed.length > LONGEST;
  const usable = trimmed !== "" && !long;
  const save = () => {
    if (!usable) return;
    onName(trimmed);
    onClose();
  };
  return (
    <Modal
      visible
      header="Rename this chat"
      closeAriaLabel="Close"
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              Cancel
            </Button>
            <Button variant="primary" disabled={!usable} onClick={save}>
              Rename
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <FormField
        label="Name"
        errorText={long ? `It may have ${LONGEST} characters; shorten it.` : undefined}
      >
        <Input
          value={text}
          autoFocus
          onChange={({ detail }) => setText(detail.value)}
          onKeyDown={({ detail }) => detail.key === "Enter" && !detail.isComposing && save()}
        />
      </FormField>
    </Modal>
  );
}
