import Button from "@cloudscape-design/components/button";
import Link from "@cloudscape-design/components/link";
import type { TableProps } from "@cloudscape-design/components/table";
import { useNavigate } from "react-router";
import { Empty } from "@/app/Empty";
import { ResourceTable } from "@/app/ResourceTable";
import { useCaller } from "@/auth/session";
import { Aside, Groups, Status } from "./parts";
import { useRepositories } from "./queries";
import { repositoryStatus } from "./status";
import type { Repository } from "./types";

export default function RepositoriesPage() {
  const { admin } = useCaller();
  const { data: items = [], ...state } = useRepositories();
  return (
    <ResourceTable<Repository>
      title="Repositories"
      description="Documents that chats can answer from."
      many="repositories"
      listed={{ items, ...state }}
      columns={admin ? [...COLUMNS, STATUS] : COLUMNS}
      trackBy={(one) => one.repositoryId}
      textOf={(one) => `${one.repositoryName} ${one.repositoryId} ${one.description}`}
      actions={admin && <CreateButton primary />}
      empty={
        <Empty header="No repositories yet" action={admin && <CreateButton />}>
          {admin
            ? "Create one on a database of yours, or let LISA make one."
            : "Ask an administrator for a repository that one of your groups may see."}
        </Empty>
      }
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

/** Others see none but those that are ready. */
const STATUS: TableProps.ColumnDefinition<Repository> = {
  id: "status",
  header: "Status",
  sortingField: "status",
  minWidth: 160,
  cell: (one) => <Status shown={repositoryStatus(one.status)} reason={one.reason} />,
};
