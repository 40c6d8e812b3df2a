import Button from "@cloudscape-design/components/button";
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import Header from "@cloudscape-design/components/header";
import Pagination from "@cloudscape-design/components/pagination";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { TableProps } from "@cloudscape-design/components/table";
import { moment } from "@/app/format";
import { bytes } from "../format";
import { labelWords } from "../forms/labels";
import { ListTable } from "../list/ListTable";
import { Badges } from "../parts";
import { documentStatus } from "../status";
import type { Document } from "../types";
import { UploadButton } from "../uploads/UploadButton";
import type { Uploads } from "../uploads/useUploads";
import { DocumentName } from "./DocumentName";
import { DocumentState } from "./DocumentState";
import { showable } from "./opening";
import { StatusChoice } from "./StatusChoice";
import { useDocumentActions } from "./useDocumentActions";
import type { DocumentList } from "./useDocumentList";

interface Props {
  list: DocumentList;
  /** Where new ones go; nobody may add any without. */
  uploads: Uploads | undefined;
  selected: Document[];
  select: (documents: Document[]) => void;
  mayRemove: (document: Document) => boolean;
  remove: (documents: Document[]) => void;
  /** Have one read otherwise. */
  change: (document: Document) => void;
}

export function DocumentsTable(props: Props) {
  const { list, uploads, selected, select, mayRemove, remove, change } = props;
  const actions = useDocumentActions();
  const { answer, pages, many, sorting } = list;
  const total = answer.data?.totalDocuments ?? undefined;
  const count = answer.isPlaceholderData ? undefined : total;
  const mayAdd = uploads !== undefined;
  const columns = [...COLUMNS, actionsColumn({ actions, mayAdd, mayRemove, remove, change })];
  return (
    <ListTable<Document>
      what="documents"
      trackBy="documentId"
      answer={answer}
      items={answer.data?.documents ?? []}
      columnDefinitions={many ? columns.map(unsorted) : columns}
      stickyColumns={{ last: 1 }}
      selectionType="multi"
      selectedItems={selected}
      isItemDisabled={(one) => !mayRemove(one)}
      onSelectionChange={({ detail }) => select(detail.selectedItems)}
      sortingColumn={COLUMNS.find((one) => one.sortingField === sorting.field)}
      sortingDescending={sorting.descending}
      onSortingChange={({ detail }) => list.sort(detail)}
      ariaLabels={LABELS}
      empty={{
        hint: uploads
          ? "Drop files here, or choose them. They are found once they have been read."
          : "Curators add documents here. Ask one for what you miss.",
        action: uploads && <UploadButton uploads={uploads} />,
      }}
      filter={many ? undefined : filterOf(list, count)}
      header={
        <Header
          variant="h2"
          counter={total === undefined ? undefined : `(${total})`}
          description="PDF, Office, HTML, Markdown, text, data and source code, 50 MB each."
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button disabled={selected.length === 0} onClick={() => remove(selected)}>
                Delete
              </Button>
              {uploads && <UploadButton uploads={uploads} />}
            </SpaceBetween>
          }
        >
          Documents
        </Header>
      }
      pagination={<Pagination {...pages.pagination(answer.data?.lastEvaluatedKey)} />}
    />
  );
}

function filterOf(list: DocumentList, count: number | undefined) {
  const clear = () => {
    list.find("");
    list.only(undefined);
  };
  return {
    text: list.text,
    change: list.find,
    by: "name",
    count,
    chosen: list.status && documentStatus({ status: list.status, step: null }).text,
    choice: <StatusChoice list={list} />,
    clear,
  };
}

const LABELS: TableProps.AriaLabels<Document> = {
  selectionGroupLabel: "Documents to act on",
  allItemsSelectionLabel: () => "All documents of this page",
  itemSelectionLabel: (_, one) => one.documentName,
  tableLabel: "Documents",
};

const COLUMNS: TableProps.ColumnDefinition<Document>[] = [
  {
    id: "name",
    header: "Name",
    sortingField: "documentName",
    isRowHeader: true,
    minWidth: 200,
    cell: (one) => <DocumentName document={one} />,
  },
  {
    id: "status",
    header: "Status",
    minWidth: 150,
    cell: (one) => <DocumentState document={one} />,
  },
  {
    id: "labels",
    header: "Labels",
    minWidth: 110,
    cell: (one) => <Badges words={labelWords(one.metadata)} />,
  },
  {
    id: "size",
    header: "Size",
    sortingField: "size",
    minWidth: 90,
    cell: (one) => bytes(one.size),
  },
  { id: "pages", header: "Pages", minWidth: 70, cell: (one) => one.pages ?? "–" },
  { id: "chunks", header: "Chunks", minWidth: 80, cell: (one) => one.chunks ?? "–" },
  {
    id: "uploaded",
    header: "Added",
    sortingField: "uploadDate",
    minWidth: 160,
    cell: (one) => `${moment(one.uploadDate)}${one.username ? ` by ${one.username}` : ""}`,
  },
];

function unsorted(column: TableProps.ColumnDefinition<Document>) {
  return { ...column, sortingField: undefined };
}

interface Choices extends Pick<Props, "mayRemove" | "remove" | "change"> {
  mayAdd: boolean;
  actions: ReturnType<typeof useDocumentActions>;
}

function actionsColumn(choices: Choices): TableProps.ColumnDefinition<Document> {
  const { actions, remove, change } = choices;
  const run = (id: string, one: Document) => {
    if (id === "delete") return remove([one]);
    if (id === "change") return change(one);
    void actions[id as keyof typeof actions](one);
  };
  return {
    id: "actions",
    header: "Actions",
    minWidth: 90,
    cell: (one) => (
      <ButtonDropdown
        variant="inline-icon"
        expandToViewport
        ariaLabel={`Actions for ${one.documentName}`}
        items={itemsFor(one, choices)}
        onItemClick={({ detail }) => run(detail.id, one)}
      />
    ),
  };
}

/** What the caller may do with a document, and a browser can. */
function itemsFor(one: Document, { mayAdd, mayRemove }: Choices) {
  const removable = mayRemove(one);
  const readable = removable && mayAdd && one.ingestionType === "manual";
  return [
    { id: "open", text: "Open", offered: showable(one.mediaType) !== undefined },
    { id: "download", text: "Download", offered: true },
    { id: "again", text: "Read again", offered: readable },
    { id: "change", text: "Change labels and cutting", offered: readable },
    { id: "delete", text: "Delete", offered: removable },
  ].filter(({ offered }) => offered);
}
