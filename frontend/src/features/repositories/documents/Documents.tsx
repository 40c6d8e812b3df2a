import Alert from "@cloudscape-design/components/alert";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMemo, useState } from "react";
import { Confirm } from "@/app/Confirm";
import { useCaller } from "@/auth/session";
import { useConfiguration } from "@/features/configuration/useConfiguration";
import { useRepositoriesApi } from "../api";
import { ConfirmDelete } from "../ConfirmDelete";
import { useRefresh } from "../queries";
import type { Collection, Document, IngestWish } from "../types";
import { DropZone } from "../uploads/DropZone";
import { UploadList } from "../uploads/UploadList";
import { useUploads } from "../uploads/useUploads";
import { DocumentsTable } from "./DocumentsTable";
import { NewFiles } from "./NewFiles";
import { ReadOtherwise } from "./ReadOtherwise";
import { useDocumentList } from "./useDocumentList";
import { USUAL, type WishDraft, wishOf } from "./wish";

const MOST_BYTES = 50 * 1024 * 1024;

/** What a collection holds: files are added, followed on their way, fetched and removed. */
export function Documents({ collection }: { collection: Collection }) {
  const [wish, setWish] = useState(USUAL);
  const uploads = useCollectionUploads(collection, wish);
  const list = useDocumentList(collection);
  const { curator } = useCaller();
  const mayUpload = useConfiguration().enabledComponents.uploadRagDocs || curator;
  const [selected, setSelected] = useState<Document[]>([]);
  const [deleting, setDeleting] = useState<Document[]>([]);
  const [changing, setChanging] = useState<Document>();
  const mayCut = collection.allowChunkingOverride;
  const chosen = alive(selected, list.answer.data?.documents ?? []);
  return (
    <SpaceBetween size="m">
      {mayUpload && <NewFiles wish={wish} change={setWish} mayCut={mayCut} />}
      <UploadList uploads={uploads} underWay />
      {list.many && (
        <Alert type="info">
          There are more than 5,000 documents here: they are listed as they lie, neither sorted nor
          filtered. “Try a question” finds what is in them.
        </Alert>
      )}
      <DropZone uploads={mayUpload ? uploads : undefined}>
        <DocumentsTable
          list={list}
          uploads={mayUpload ? uploads : undefined}
          selected={chosen}
          select={setSelected}
          mayRemove={(one) => (curator || one.mine) && one.status !== "DELETING"}
          remove={setDeleting}
          change={setChanging}
        />
      </DropZone>
      {changing && (
        <ReadOtherwise document={changing} mayCut={mayCut} close={() => setChanging(undefined)} />
      )}
      {deleting.length > 0 && (
        <DeleteDocuments
          collection={collection}
          documents={deleting}
          close={() => setDeleting([])}
        />
      )}
    </SpaceBetween>
  );
}

/** What is selected, as it is now; what has gone is not selected any more. */
function alive(selected: Document[], all: Document[]): Document[] {
  const ids = new Set(selected.map((one) => one.documentId));
  return all.filter((one) => ids.has(one.documentId));
}

function useCollectionUploads({ repositoryId, collectionId }: Collection, draft: WishDraft) {
  const api = useRepositoriesApi();
  const refresh = useRefresh(repositoryId);
  const destination = useMemo(
    () => ({
      mostBytes: MOST_BYTES,
      form: (file: File) => api.uploadForm(repositoryId, collectionId, file.name),
      wish: wishOf(draft),
      accept: async (key: string, _: File, wish: IngestWish) => {
        await api.ingest({ repositoryId, collectionId }, [key], wish);
        await refresh();
      },
    }),
    [api, refresh, repositoryId, collectionId, draft],
  );
  return useUploads(`${repositoryId}/${collectionId}`, destination);
}

function DeleteDocuments(props: {
  collection: Collection;
  documents: Document[];
  close: () => void;
}) {
  const { collection, documents, close } = props;
  const api = useRepositoriesApi();
  const refresh = useRefresh(collection.repositoryId);
  const [first] = documents;
  const many = documents.length > 1;
  const remove = async () => {
    const ids = documents.map((one) => one.documentId);
    await api.deleteDocuments(collection.repositoryId, ids);
    await refresh();
  };
  if (many) {
    const title = `Delete ${documents.length} documents?`;
    return (
      <ConfirmDelete title={title} word="delete" remove={remove} close={close}>
        Nobody finds them any more, and their uploaded files go for good.
      </ConfirmDelete>
    );
  }
  return (
    <Confirm header={`Delete ${first?.documentName}?`} verb="Delete" act={remove} close={close}>
      Nobody finds it any more, and its uploaded file goes for good.
    </Confirm>
  );
}
