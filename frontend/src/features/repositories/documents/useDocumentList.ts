import type { TableProps } from "@cloudscape-design/components/table";
import { useState } from "react";
import { ApiError } from "@/api/errors";
import { type Pages, usePages } from "../list/paging";
import { useSettled } from "../list/settled";
import { useDocuments } from "../queries";
import type { Collection, Document, DocumentsAsked } from "../types";

type Field = NonNullable<DocumentsAsked["sortBy"]>;

type Status = DocumentsAsked["status"];

export interface DocumentList {
  answer: ReturnType<typeof useDocuments>;
  pages: Pages;
  text: string;
  find: (text: string) => void;
  /** Undefined: documents of any status. */
  status: Status;
  only: (status: Status) => void;
  sorting: { field: Field; descending: boolean };
  sort: (by: TableProps.SortingState<Document>) => void;
  /** Whether there are too many to be sorted and filtered. */
  many: boolean;
}

/** The documents of a collection, as they are asked for: filtered, sorted, and in pages. */
export function useDocumentList(collection: Collection): DocumentList {
  const [text, setText] = useState("");
  const [sorting, setSorting] = useState<DocumentList["sorting"]>({
    field: "uploadDate",
    descending: true,
  });
  const pages = usePages();
  const [many, setMany] = useState(false);
  const filter = useSettled(text.trim());
  const [status, setStatus] = useState<Status>();
  const asked: DocumentsAsked = many ? {} : { ...arranged(filter, sorting), status };
  const { repositoryId, collectionId } = collection;
  const page = { pageSize: 20, lastEvaluatedKey: pages.cursor };
  const answer = useDocuments(repositoryId, collectionId, { ...asked, ...page });
  if (!many && tooMany(answer.error)) {
    setMany(true);
    pages.restart();
  }
  const find = (now: string) => {
    setText(now);
    pages.restart();
  };
  const only = (now: Status) => {
    setStatus(now);
    pages.restart();
  };
  const sort = ({ sortingColumn, isDescending = false }: TableProps.SortingState<Document>) => {
    setSorting({ field: sortingColumn.sortingField as Field, descending: isDescending });
    pages.restart();
  };
  return { answer, pages, text, find, status, only, sorting, sort, many };
}

function arranged(filter: string, { field, descending }: DocumentList["sorting"]): DocumentsAsked {
  return {
    filter: filter || undefined,
    sortBy: field,
    sortOrder: descending ? "desc" : "asc",
  };
}

/** The API sorts and filters up to 5,000 documents, and says so of more. */
export function tooMany(error: unknown): boolean {
  if (!(error instanceof ApiError) || error.status !== 422) return false;
  const details = Array.isArray(error.details) ? error.details : [];
  return details.some((one) => one?.field === "sortBy");
}
