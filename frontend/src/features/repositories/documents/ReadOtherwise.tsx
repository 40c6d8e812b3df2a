import { useRepositoriesApi } from "../api";
import { strategyOf } from "../forms/cutting";
import { labelsOf } from "../forms/labels";
import { useRefresh } from "../queries";
import { keyOf } from "../status";
import type { Document } from "../types";
import { WishDialog } from "./WishDialog";
import { draftOf } from "./wish";

interface Props {
  document: Document;
  mayCut: boolean;
  close: () => void;
}

/** A document's labels, and how it is cut: with others it is read anew. */
export function ReadOtherwise({ document, mayCut, close }: Props) {
  const api = useRepositoriesApi();
  const refresh = useRefresh(document.repositoryId);
  return (
    <WishDialog
      header={`Labels and cutting of ${document.documentName}`}
      verb="Save and read again"
      wish={draftOf(document)}
      mayCut={mayCut}
      save={async (draft) => {
        const chunkingStrategy = mayCut ? strategyOf(draft) : null;
        await api.ingest(document, [keyOf(document)], {
          metadata: labelsOf(draft),
          ...(chunkingStrategy && { chunkingStrategy }),
        });
        await refresh();
      }}
      close={close}
    />
  );
}
