import { Aside } from "../parts";
import type { Document } from "../types";

/** A file's name, and the title that was found in it where that says more. */
export function DocumentName({ document }: { document: Document }) {
  const { documentName, title } = document;
  const more = title && title !== documentName && !documentName.startsWith(`${title}.`);
  return (
    <>
      <span dir="auto">{documentName}</span>
      {more && (
        <Aside>
          <span dir="auto">{title}</span>
        </Aside>
      )}
    </>
  );
}
