import FileInput from "@cloudscape-design/components/file-input";
import type { Uploads } from "./useUploads";

interface Props {
  uploads: Uploads;
  /** What the button says. */
  text?: string;
  /** An icon alone: for a chat's box. */
  icon?: boolean;
  /** As in HTML: `.pdf,.md`. */
  accept?: string;
}

/** Choose files, which are sent at once. Where they are shown is an UploadList's business. */
export function UploadButton({ uploads, text = "Upload files", icon, accept }: Props) {
  return (
    <FileInput
      multiple
      value={[]}
      accept={accept}
      variant={icon ? "icon" : "button"}
      ariaLabel={text}
      onChange={({ detail }) => uploads.add(detail.value)}
    >
      {text}
    </FileInput>
  );
}
