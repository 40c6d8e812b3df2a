import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Link from "@cloudscape-design/components/link";
import Pagination from "@cloudscape-design/components/pagination";
import type { TableProps } from "@cloudscape-design/components/table";
import { useState } from "react";
import { useNavigate } from "react-router";
import { useCaller } from "@/auth/session";
import { ListTable } from "./list/ListTable";
import { usePages } from "./list/paging";
import { useSettled } from "./list/settled";
import { Aside, Groups, Status } from "./parts";
import { useCollections } from "./queries";
import { collectionStatus } from "./status";
import type { Collection, Repository } from "./types";

/** The collections of a repository, for whoever is about to open one. */
export function CollectionsTable({ repository }: { repository: Repository }) {
  const { curator } = useCaller();
  const [text, setText] = useState("");
  const filter = useSettled(text.trim()) || undefined;
  const pages = usePages();
  const asked = { filter, lastEvaluatedKey: pages.cursor, pageSize: 20 };
  const answer = useCollections(repository.repositoryId, asked);
  const total = answer.data?.pagination.totalCount ?? undefined;
  return (
    <ListTable<Collection>
      what="collections"
      trackBy="collectionId"
      answer={answer}
      items={answer.data?.collections ?? []}
      columnDefinitions={COLUMNS}
      empty={{ hint: "A collection holds documents of one kind for one audience." }}
      filter={{
        text,
        by: "name or description",
        count: filter && !answer.isPlaceholderData ? total : undefined,
        change: (now) => {
          setText(now);
          pages.restart();
        },
      }}
      header={
        <Header
          variant="h2"
          counter={total === undefined ? undefined : `(${total})`}
          actions={curator && <CreateButton repositoryId={repository.repositoryId} />}
        >
          Collections
        </Header>
      }
      pagination={<Pagination {...pages.pagination(answer.data?.lastEvaluatedKey)} />}
    />
  );
}

function CreateButton({ repositoryId }: { repositoryId: string }) {
  const navigate = useNavigate();
  return (
    <Button onClick={() => navigate(`/repositories/${repositoryId}/new-collection`)}>
      Create collection
    </Button>
  );
}

const COLUMNS: TableProps.ColumnDefinition<Collection>[] = [
  {
    id: "name",
    header: "Name",
    isRowHeader: true,
    minWidth: 200,
    cell: (one) => (
      <>
        <Link href={`#/repositories/${one.repositoryId}/${one.collectionId}`}>{one.name}</Link>
        {one.description && <Aside>{one.description}</Aside>}
      </>
    ),
  },
  {
    id: "status",
    header: "Status",
    minWidth: 130,
    cell: (one) => <Status shown={collectionStatus(one.status)} reason={one.reason} />,
  },
  { id: "model", header: "Embedding model", minWidth: 140, cell: (one) => one.embeddingModel },
  {
    id: "groups",
    header: "Who may see it",
    minWidth: 140,
    cell: (one) => <Groups groups={one.allowedGroups} />,
  },
];
