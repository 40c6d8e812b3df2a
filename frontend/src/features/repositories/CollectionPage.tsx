import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs from "@cloudscape-design/components/tabs";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { useNotices } from "@/app/notices";
import { useCaller } from "@/auth/session";
import { useRepositoriesApi } from "./api";
import { CollectionDetails } from "./CollectionDetails";
import { ConfirmDelete } from "./ConfirmDelete";
import { Documents } from "./documents/Documents";
import { Loaded, Trail, Why } from "./parts";
import { useCollection, useRefresh, useRepository } from "./queries";
import { TryQuestion } from "./search/TryQuestion";
import { collectionStatus } from "./status";
import type { Collection } from "./types";

export default function CollectionPage() {
  const { repositoryId = "", collectionId = "" } = useParams();
  const repository = useRepository(repositoryId);
  const answer = useCollection(repositoryId, collectionId);
  return (
    <SpaceBetween size="l">
      <Trail
        repositoryId={repositoryId}
        repository={repository.data}
        here={answer.data?.name ?? "Collection"}
      />
      <Loaded what="collection" answer={answer}>
        {(collection) => <Shown key={collection.collectionId} collection={collection} />}
      </Loaded>
    </SpaceBetween>
  );
}

function Shown({ collection }: { collection: Collection }) {
  const active = collection.status === "ACTIVE";
  const tabs = [
    { id: "documents", label: "Documents", content: <Documents collection={collection} /> },
    { id: "question", label: "Try a question", content: <TryQuestion collection={collection} /> },
    { id: "details", label: "Details", content: <CollectionDetails collection={collection} /> },
  ];
  return (
    <SpaceBetween size="l">
      <Header
        variant="h1"
        description={collection.description}
        actions={<Actions collection={collection} />}
      >
        {collection.name}
      </Header>
      {!active && (
        <Alert
          type={collection.reason ? "error" : "info"}
          header={collectionStatus(collection.status).text}
        >
          {collection.reason ? <Why reason={collection.reason} /> : "Its documents go with it."}
        </Alert>
      )}
      <Tabs tabs={active ? tabs : tabs.slice(-1)} ariaLabel="Parts of the collection" />
    </SpaceBetween>
  );
}

function Actions({ collection }: { collection: Collection }) {
  const { curator } = useCaller();
  const [deleting, setDeleting] = useState(false);
  const navigate = useNavigate();
  const above = `/repositories/${collection.repositoryId}`;
  if (!curator) return null;
  return (
    <SpaceBetween direction="horizontal" size="xs">
      {collection.status === "ACTIVE" && (
        <Button onClick={() => navigate(`${above}/${collection.collectionId}/edit`)}>Edit</Button>
      )}
      {!collection.default && <Button onClick={() => setDeleting(true)}>Delete</Button>}
      {deleting && <DeleteCollection collection={collection} close={() => setDeleting(false)} />}
    </SpaceBetween>
  );
}

function DeleteCollection({ collection, close }: { collection: Collection; close: () => void }) {
  const { repositoryId, collectionId, name } = collection;
  const api = useRepositoriesApi();
  const refresh = useRefresh(repositoryId);
  const notices = useNotices();
  const navigate = useNavigate();
  const remove = async () => {
    await api.deleteCollection(repositoryId, collectionId);
    notices.tell("success", `${name} is being removed`);
    navigate(`/repositories/${repositoryId}`);
    await refresh();
  };
  return (
    <ConfirmDelete title={`Delete collection ${name}?`} word={name} remove={remove} close={close}>
      Its documents and their uploaded files go for good. Nobody finds them from now on.
    </ConfirmDelete>
  );
}
