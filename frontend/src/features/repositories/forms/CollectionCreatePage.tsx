import { useNavigate, useParams } from "react-router";
import { useNotices } from "@/app/notices";
import { useRepositoriesApi } from "../api";
import { Loaded } from "../parts";
import { useRefresh, useRepository } from "../queries";
import type { Repository } from "../types";
import { CollectionFields } from "./CollectionFields";
import { EMPTY, RULES, requestOf } from "./collectionDraft";
import { FormPage } from "./FormPage";
import { useForm } from "./useForm";

export default function CollectionCreatePage() {
  const { repositoryId = "" } = useParams();
  return (
    <Loaded what="repository" answer={useRepository(repositoryId)}>
      {(repository) => <Filled repository={repository} />}
    </Loaded>
  );
}

function Filled({ repository }: { repository: Repository }) {
  const { repositoryId, repositoryName } = repository;
  const api = useRepositoriesApi();
  const refresh = useRefresh(repositoryId);
  const notices = useNotices();
  const navigate = useNavigate();
  const form = useForm(EMPTY, RULES, async (draft) => {
    const made = await api.createCollection(repositoryId, requestOf(draft));
    await refresh();
    notices.tell("success", `${made.name} is ready`);
    navigate(`/repositories/${repositoryId}/${made.collectionId}`);
  });
  return (
    <FormPage
      title="Create collection"
      description={`In ${repositoryName}.`}
      verb="Create"
      back={`/repositories/${repositoryId}`}
      form={form}
    >
      <CollectionFields form={form} repository={repository} />
    </FormPage>
  );
}
