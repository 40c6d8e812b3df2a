import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { useNotices } from "@/app/notices";
import { useCaller } from "@/auth/session";
import { CollectionsTable } from "./CollectionsTable";
import { DeleteRepository } from "./DeleteRepository";
import { Loaded, Trail, Why } from "./parts";
import { useRepository } from "./queries";
import { RepositoryDetails } from "./RepositoryDetails";
import { repositoryStatus } from "./status";
import type { Repository } from "./types";

export default function RepositoryPage() {
  const { repositoryId = "" } = useParams();
  const answer = useRepository(repositoryId);
  return (
    <SpaceBetween size="l">
      <Trail repositoryId={repositoryId} repository={answer.data} />
      <Loaded what="repository" answer={answer}>
        {(repository) => <Shown repository={repository} />}
      </Loaded>
    </SpaceBetween>
  );
}

function Shown({ repository }: { repository: Repository }) {
  const status = repositoryStatus(repository.status);
  const navigate = useNavigate();
  return (
    <SpaceBetween size="l">
      <Header
        variant="h1"
        description={repository.description}
        actions={<Actions repository={repository} />}
      >
        {repository.repositoryName}
      </Header>
      {repository.reason && (
        <Alert
          type="error"
          header={status.text}
          action={
            repository.status === "CREATE_FAILED" && (
              <Button onClick={() => navigate("/repositories/_new", { state: repository })}>
                Change it and try again
              </Button>
            )
          }
        >
          <Why reason={repository.reason} />
        </Alert>
      )}
      {repository.status === "CREATE_IN_PROGRESS" && (
        <Alert type="info" header="The database is being made">
          This takes a quarter of an hour, or longer for a cluster. You can leave this page.
        </Alert>
      )}
      <RepositoryDetails repository={repository} />
      {repository.status === "CREATE_COMPLETE" && <CollectionsTable repository={repository} />}
    </SpaceBetween>
  );
}

function Actions({ repository }: { repository: Repository }) {
  const { admin } = useCaller();
  const [deleting, setDeleting] = useState(false);
  const navigate = useNavigate();
  const notices = useNotices();
  const here = `/repositories/${repository.repositoryId}`;
  const ready = repository.status === "CREATE_COMPLETE";
  return (
    <SpaceBetween direction="horizontal" size="xs">
      {ready && <Button onClick={() => navigate(`${here}/jobs`)}>Jobs</Button>}
      {ready && admin && <Button onClick={() => navigate(`${here}/pipelines`)}>Pipelines</Button>}
      {ready && admin && <Button onClick={() => navigate(`${here}/edit`)}>Edit</Button>}
      {admin && <Button onClick={() => setDeleting(true)}>Delete</Button>}
      {deleting && (
        <DeleteRepository
          repository={repository}
          close={() => setDeleting(false)}
          gone={() => {
            notices.tell("success", `${repository.repositoryName} is being removed`);
            navigate("/repositories");
          }}
        />
      )}
    </SpaceBetween>
  );
}
