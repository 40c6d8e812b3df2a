import ExpandableSection from "@cloudscape-design/components/expandable-section";
import { tokens } from "../core/format";
import { picturesOf, textOf } from "../core/text";
import type { Message } from "../types";
import type { Doing } from "./MessageItem";
import { Pictures } from "./Pictures";

interface Props {
  message: Message;
  read: Doing["picture"];
}

/** What somebody said: their words as they are, files and pictures. */
export function Said({ message, read }: Props) {
  return (
    <div className="chat-said">
      {(message.attachments ?? []).map((file) => (
        <ExpandableSection
          key={file.name}
          headerText={`${file.name} (${tokens(file.tokens)} tokens)`}
          headingTagOverride="h3"
        >
          <div className="chat-plain chat-file">{file.text.slice(0, 20_000)}</div>
        </ExpandableSection>
      ))}
      <Pictures pictures={picturesOf(message)} read={read} />
      <div className="chat-plain" dir="auto">
        {textOf(message)}
      </div>
    </div>
  );
}
