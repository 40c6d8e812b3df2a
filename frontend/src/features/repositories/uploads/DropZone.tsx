import FileDropzone, { useFilesDragging } from "@cloudscape-design/components/file-dropzone";
import type { ReactNode } from "react";
import type { Uploads } from "./useUploads";

/** While files are dragged over the window, the place to drop them; else its children. */
export function DropZone({ uploads, children }: { uploads: Uploads; children: ReactNode }) {
  const { areFilesDragging } = useFilesDragging();
  if (!areFilesDragging) return children;
  return (
    <FileDropzone onChange={({ detail }) => uploads.add(detail.value)}>
      Drop files here to upload them
    </FileDropzone>
  );
}
