import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { TableProps } from "@cloudscape-design/components/table";
import { useState } from "react";
import { useParams } from "react-router";
import { Confirm } from "@/app/Confirm";
import { Empty } from "@/app/Empty";
import { ResourceTable } from "@/app/ResourceTable";
import { useRepositoriesApi } from "../api";
import { cutting } from "../CollectionDetails";
import { Badges, Loaded, Trail } from "../parts";
import { useCollections, useRefresh, useRepository } from "../queries";
import type { Pipeline, PipelineWish, Repository } from "../types";
import { labelWords } from "./labels";
import { PipelineDialog, TRIGGERS } from "./PipelineDialog";
import { replaced } from "./pipelineDraft";

/** A pipeline with its place in the list, which is all that tells two apart. */
type Row = Pipeline & { id: string; place: number };

export default function PipelinesPage() {
  const { repositoryId = "" } = useParams();
  const answer = useRepository(repositoryId);
  return (
    <SpaceBetween size="l">
      <Trail repositoryId={repositoryId} repository={answer.data} here="Pipelines" />
      <Loaded what="repository" answer={answer}>
        {(repository) => <Pipelines repository={repository} />}
      </Loaded>
    </SpaceBetween>
  );
}

function Pipelines({ repository }: { repository: Repository }) {
  const { repositoryId, pipelines = [] } = repository;
  const api = useRepositoriesApi();
  const refresh = useRefresh(repositoryId);
  const [editing, setEditing] = useState<number>();
  const [deleting, setDeleting] = useState<number>();
  const save = async (now: PipelineWish[]) => {
    await api.updateRepository(repositoryId, { pipelines: now });
    await refresh();
  };
  const rows = pipelines.map((one, place) => ({ ...one, place, id: String(place) }));
  const add = <Button onClick={() => setEditing(pipelines.length)}>Add pipeline</Button>;
  return (
    <>
      <ResourceTable<Row>
        title="Pipelines"
        description="Objects below a prefix become documents, and follow what becomes of them."
        many="pipelines"
        listed={{ items: rows, isPending: false, error: null, refetch: refresh }}
        columns={useColumns(repositoryId, setEditing, setDeleting)}
        trackBy={(one) => one.id}
        textOf={(one) => `${one.s3Bucket}/${one.s3Prefix}`}
        actions={add}
        sticky
        empty={
          <Empty header="No pipelines yet" action={add}>
            A pipeline keeps a collection in step with a prefix of a bucket.
          </Empty>
        }
      />
      {editing !== undefined && (
        <PipelineDialog
          repositoryId={repositoryId}
          pipeline={pipelines[editing]}
          save={(one) => save(replaced(pipelines, editing, one))}
          close={() => setEditing(undefined)}
        />
      )}
      {deleting !== undefined && (
        <Confirm
          header="Delete pipeline?"
          verb="Delete"
          act={() => save(pipelines.filter((_, place) => place !== deleting))}
          close={() => setDeleting(undefined)}
        >
          Nothing follows the bucket any more. Documents that it brought stay until they are
          deleted.
        </Confirm>
      )}
    </>
  );
}

function useColumns(
  repositoryId: string,
  edit: (place: number) => void,
  remove: (place: number) => void,
): TableProps.ColumnDefinition<Row>[] {
  const collections = useCollections(repositoryId, { pageSize: 100 }).data?.collections ?? [];
  const nameOf = (id: string | null) =>
    id ? (collections.find((one) => one.collectionId === id)?.name ?? id) : "The default one";
  const triggerOf = ({ trigger }: Row) => TRIGGERS[trigger === "event" ? 0 : 1]?.label ?? trigger;
  return [
    {
      id: "source",
      header: "Objects",
      isRowHeader: true,
      minWidth: 200,
      cell: (one) => `s3://${one.s3Bucket}/${one.s3Prefix}`,
    },
    {
      id: "collection",
      header: "Collection",
      minWidth: 120,
      cell: (one) => nameOf(one.collectionId),
    },
    { id: "trigger", header: "When", minWidth: 150, cell: triggerOf },
    {
      id: "cutting",
      header: "Cutting",
      minWidth: 130,
      cell: (one) => (one.chunkingStrategy ? cutting(one.chunkingStrategy) : "As the collection"),
    },
    {
      id: "labels",
      header: "Labels",
      minWidth: 80,
      cell: (one) => <Badges words={labelWords(one.metadata)} />,
    },
    {
      id: "actions",
      header: "Actions",
      minWidth: 130,
      cell: (one) => (
        <SpaceBetween direction="horizontal" size="xs">
          <Button
            variant="inline-link"
            ariaLabel={`Edit ${one.s3Bucket}/${one.s3Prefix}`}
            onClick={() => edit(one.place)}
          >
            Edit
          </Button>
          <Button
            variant="inline-link"
            ariaLabel={`Delete ${one.s3Bucket}/${one.s3Prefix}`}
            onClick={() => remove(one.place)}
          >
            Delete
          </Button>
        </SpaceBetween>
      ),
    },
  ];
}
