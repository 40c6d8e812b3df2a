import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import { useState } from "react";
import { textOf } from "../core/text";
import type { Message } from "../types";

interface Props {
  message: Message;
  onSend: (text: string) => void;
  onCancel: () => void;
}

/** A message of one's own in other words. What it was stays, as a version beside it. */
export function EditMessage({ message, onSend, onCancel }: Props) {
  const [text, setText] = useState(textOf(message));
  const send = () => text.trim() && onSend(text);
  return (
    <div className="chat-edit">
      <SpaceBetween size="xs">
        <Textarea
          ariaLabel="Your message in other words"
          value={text}
          autoFocus
          rows={Math.min(12, text.split("\n").length + 2)}
          onChange={({ detail }) => setText(detail.value)}
          onKeyDown={({ detail, preventDefault }) => {
            if (detail.isComposing) return;
            if (detail.key === "Escape") onCancel();
            if (detail.key === "Enter" && (detail.ctrlKey || detail.metaKey)) {
              preventDefault();
              send();
            }
          }}
        />
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button onClick={onCancel}>Cancel</Button>
            <Button variant="primary" onClick={send} disabled={!text.trim()}>
              Send again
            </Button>
          </SpaceBetween>
        </Box>
      </SpaceBetween>
    </div>
  );
}
