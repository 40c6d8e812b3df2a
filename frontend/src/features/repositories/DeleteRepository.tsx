import Checkbox from "@cloudscape-design/components/checkbox";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useRepositoriesApi } from "./api";
import { ConfirmDelete } from "./ConfirmDelete";
import { useRefresh } from "./queries";
import type { Repository } from "./types";

interface Props {
  repository: Repository;
  close: () => void;
  gone: () => void;
}

export function DeleteRepository({ repository, close, gone }: Props) {
  const api = useRepositoriesApi();
  const refresh = useRefresh();
  const [lost, setLost] = useState(false);
  const remove = async () => {
    await api.deleteRepository(repository.repositoryId, lost);
    gone();
    await refresh();
  };
  return (
    <ConfirmDelete
      title={`Delete repository ${repository.repositoryName}?`}
      word={repository.repositoryId}
      remove={remove}
      close={close}
    >
      <SpaceBetween size="s">
        <div>
          All its collections, the documents in them and their uploaded files go for good. Nobody
          sees it from now on. Objects that pipelines read stay in their buckets.
        </div>
        {repository.status === "DELETE_FAILED" && (
          <Checkbox checked={lost} onChange={({ detail }) => setLost(detail.checked)}>
            Its database is gone already: do not wait for it
          </Checkbox>
        )}
      </SpaceBetween>
    </ConfirmDelete>
  );
}
