import FileDropzone, { useFilesDragging } from "@cloudscape-design/components/file-dropzone";
import type { ReactNode } from "react";
import type { Uploads } from "./useUploads";

interface Props {
  /** Where to; nothing is taken without. */
  uploads: Uploads | undefined;
  children: ReactNode;
}

/** While files are dragged over the window, the place to drop them; else its children. */
export function DropZone({ uploads, children }: Props) {
  const { areFilesDragging } = useFilesDragging();
  if (!uploads || !areFilesDragging) return children;
  return (
    <FileDropzone onChange={({ detail }) => uploads.add(detail.value)}>
      Drop files here to upload them
    </FileDropzone>
  );
}
