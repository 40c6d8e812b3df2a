import ExpandableSection from "@cloudscape-design/components/expandable-section";
import { tokens } from "../core/format";
import { imagesOf, textOf } from "../core/text";
import type { Message } from "../types";

const PICTURE = /^data:image\/(png|jpeg|gif|webp);base64,/;

/** What somebody said: their words as they are, files and pictures. */
export function Said({ message }: { message: Message }) {
  const pictures = imagesOf(message).filter((url) => PICTURE.test(url));
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
      {pictures.map((url) => (
        <img key={url.slice(-64)} src={url} alt="What you attached" className="chat-picture" />
      ))}
      <div className="chat-plain" dir="auto">
        {textOf(message)}
      </div>
    </div>
  );
}
