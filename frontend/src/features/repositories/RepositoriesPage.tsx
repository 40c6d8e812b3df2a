import { useCollection as useRows } from "@cloudscape-design/collection-hooks";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Link from "@cloudscape-design/components/link";
import Pagination from "@cloudscape-design/components/pagination";
import type { TableProps } from "@cloudscape-design/components/table";
import { useNavigate } from "react-router";
import { ListTable } from "@/app/ListTable";
import { useCaller } from "@/auth/session";
import { Aside, Groups, Status } from "./parts";
import { useRepositories } from "./queries";
import { repositoryStatus } from "./status";
import type { Repository } from "./types";

export default function RepositoriesPage() {
  const { admin } = useCaller();
  const answer = useRepositories();
  const rows = useRows(answer.data ?? [], {
    filtering: {
      filteringFunction: (one, text) =>
        `${one.repositoryName} ${one.repositoryId} ${one.description}`
          .toLowerCase()
          .includes(text.toLowerCase()),
    },
    sorting: { defaultState: { sortingColumn: { sortingField: "repositoryName" } } },
    pagination: { pageSize: 20 },
  });
  return (
    <ListTable<Repository>
      {...rows.collectionProps}
      what="repositories"
      trackBy="repositoryId"
      variant="full-page"
      answer={answer}
      items={[...rows.items]}
      columnDefinitions={admin ? [...COLUMNS, ...FOR_ADMINISTRATORS] : COLUMNS}
      empty={{
        hint: admin
          ? "Create one on a database of yours, or let LISA make one."
          : "Ask an administrator for a repository that one of your groups may see.",
        action: admin && <CreateButton />,
      }}
      filter={{
        text: rows.filterProps.filteringText,
        change: (text) => rows.actions.setFiltering(text),
        by: "name or description",
        count: rows.filteredItemsCount,
      }}
      header={
        <Header
          variant="h1"
          counter={answer.data && `(${answer.data.length})`}
          description="Documents that chats can answer from."
          actions={admin && <CreateButton primary />}
        >
          Repositories
        </Header>
      }
      pagination={<Pagination {...rows.paginationProps} />}
    />
  );
}

function CreateButton({ primary }: { primary?: boolean }) {
  const navigate = useNavigate();
  return (
    <Button variant={primary ? "primary" : "normal"} onClick={() => navigate("/repositories/_new")}>
      Create repository
    </Button>
  );
}

const COLUMNS: TableProps.ColumnDefinition<Repository>[] = [
  {
    id: "name",
    header: "Name",
    sortingField: "repositoryName",
    isRowHeader: true,
    minWidth: 200,
    cell: (one) => (
      <>
        <Link href={`#/repositories/${one.repositoryId}`}>{one.repositoryName}</Link>
        {one.description && <Aside>{one.description}</Aside>}
      </>
    ),
  },
  { id: "model", header: "Embedding model", minWidth: 140, cell: (one) => one.embeddingModelId },
  {
    id: "groups",
    header: "Who may see it",
    minWidth: 120,
    cell: (one) => <Groups groups={one.allowedGroups} />,
  },
];

const FOR_ADMINISTRATORS: TableProps.ColumnDefinition<Repository>[] = [
  {
    id: "status",
    header: "Status",
    sortingField: "status",
    minWidth: 160,
    cell: (one) => <Status shown={repositoryStatus(one.status)} reason={one.reason} />,
  },
];
