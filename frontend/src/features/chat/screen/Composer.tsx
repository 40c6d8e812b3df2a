import Button from "@cloudscape-design/components/button";
import FileDropzone, { useFilesDragging } from "@cloudscape-design/components/file-dropzone";
import PromptInput, { type PromptInputProps } from "@cloudscape-design/components/prompt-input";
import type { ClipboardEvent, RefObject } from "react";
import { useConfiguration } from "@/features/configuration/useConfiguration";
import { tooLarge } from "../core/limits";
import { acceptOf, pastedFiles, sifted } from "../files/accepted";
import { type Attachments, attached } from "../files/useAttachments";
import type { Attachment } from "../types";
import { ComposerTools } from "./ComposerTools";
import { Files } from "./Files";
import { useSending } from "./useSending";
import { touched } from "./wide";

interface Props {
  text: string;
  onText: (text: string) => void;
  attachments: Attachments;
  /** Whether an answer is coming. */
  busy: boolean;
  /** Why nothing can be asked now. */
  reason?: string;
  /** Whether that passes by itself within a moment. */
  soon?: boolean;
  /** Whether the model takes pictures; undefined where nobody says. */
  takesImages?: boolean;
  /** What was asked last, for the arrow up. */
  before: string;
  input: RefObject<PromptInputProps.Ref | null>;
  onSend: (text: string, images: string[], files: Attachment[]) => void;
  onStop: () => void;
}

const READING = "A file is still being read. Send the message when that is done.";

/** Where the next message is written. */
export function Composer(props: Props) {
  const { text, onText, attachments, busy, reason, takesImages, before, input } = props;
  const { areFilesDragging } = useFilesDragging();
  const enabled = useConfiguration().enabledComponents;
  const takes = { files: enabled.uploadContextDocs, pictures: takesImages !== false };
  const waiting = attachments.items.some((item) => item.state === "busy");
  const { files, images } = attached(attachments.items);
  const something = text.trim() !== "" || files.length > 0 || images.length > 0;

  const { refused, refuse, send } = useSending({
    ready: something && !busy,
    why: reason ?? (waiting ? READING : undefined),
    soon: props.soon === true,
    act: () => {
      const why = tooLarge(text, images, files, enabled.documentSummarization);
      if (why) return why;
      props.onSend(text, images, files);
      onText("");
      attachments.clear();
      return null;
    },
  });
  const add = (added: readonly File[]) => {
    const { taken, refused: why } = sifted(added, takes);
    refuse(why);
    attachments.add(taken);
  };
  const keyed: PromptInputProps["onKeyDown"] = (event) => {
    if (event.detail.isComposing) return;
    if (event.detail.key === "Escape" && busy) props.onStop();
    if (event.detail.key !== "ArrowUp" || text !== "" || !before) return;
    event.preventDefault();
    onText(before);
  };
  const pasted = (event: ClipboardEvent) => {
    const handed = pastedFiles(event.clipboardData, takes);
    if (handed.length === 0) return;
    event.preventDefault();
    add(handed);
  };

  return (
    <div className="chat-composer" onPaste={pasted}>
      <PromptInput
        ref={input}
        ariaLabel="Your message"
        placeholder={busy ? "An answer is coming. Esc stops it." : "Ask something"}
        value={text}
        onChange={({ detail }) => onText(detail.value)}
        onAction={send}
        onKeyDown={keyed}
        minRows={1}
        maxRows={8}
        autoFocus={!touched()}
        customPrimaryAction={
          <Primary
            busy={busy}
            disabled={waiting || !something}
            reason={reason}
            onSend={send}
            onStop={props.onStop}
          />
        }
        secondaryActions={
          <ComposerTools
            accept={acceptOf(takes)}
            onFiles={add}
            onInsert={(body) => onText(text === "" ? body : `${text}\n${body}`)}
          />
        }
        secondaryContent={
          areFilesDragging && acceptOf(takes) ? (
            <Drop onFiles={add} />
          ) : (
            attachments.items.length > 0 && <Files attachments={attachments} />
          )
        }
        invalid={refused !== null}
      />
      {refused && <Refusal text={refused} />}
    </div>
  );
}

interface PrimaryProps {
  busy: boolean;
  disabled: boolean;
  reason?: string;
  onSend: () => void;
  onStop: () => void;
}

/** Sends, or stops what comes: always at the same place. */
function Primary({ busy, disabled, reason, onSend, onStop }: PrimaryProps) {
  if (busy) {
    return (
      <Button variant="icon" iconName="stop-circle" ariaLabel="Stop the answer" onClick={onStop} />
    );
  }
  return (
    <Button
      variant="icon"
      iconName="send"
      ariaLabel="Send"
      disabled={disabled || reason !== undefined}
      disabledReason={reason}
      onClick={onSend}
    />
  );
}

function Drop({ onFiles }: { onFiles: (files: readonly File[]) => void }) {
  return (
    <FileDropzone onChange={({ detail }) => onFiles(detail.value)}>
      Drop files here: they go with the message.
    </FileDropzone>
  );
}

function Refusal({ text }: { text: string }) {
  return (
    <div role="alert" className="chat-refusal">
      {text}
    </div>
  );
}
