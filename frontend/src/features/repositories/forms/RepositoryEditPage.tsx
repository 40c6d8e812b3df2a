import Container from "@cloudscape-design/components/container";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useNavigate, useParams } from "react-router";
import { useNotices } from "@/app/notices";
import { useRepositoriesApi } from "../api";
import { Loaded } from "../parts";
import { useRefresh, useRepository } from "../queries";
import type { Repository } from "../types";
import { FormPage } from "./FormPage";
import { TextareaRow, TextRow, WordsRow } from "./fields";
import { ABOUT_RULES, draftOf, updateOf } from "./repositoryDraft";
import { LabelRows } from "./rows";
import { useForm } from "./useForm";

export default function RepositoryEditPage() {
  const { repositoryId = "" } = useParams();
  return (
    <Loaded what="repository" answer={useRepository(repositoryId)}>
      {(repository) => <Edited repository={repository} />}
    </Loaded>
  );
}

function Edited({ repository }: { repository: Repository }) {
  const { repositoryId } = repository;
  const here = `/repositories/${repositoryId}`;
  const api = useRepositoriesApi();
  const refresh = useRefresh();
  const notices = useNotices();
  const navigate = useNavigate();
  const form = useForm(draftOf(repository), ABOUT_RULES, async (draft) => {
    const saved = await api.updateRepository(repositoryId, updateOf(draft, repository));
    await refresh();
    notices.tell("success", `${saved.repositoryName} was saved`);
    navigate(here);
  });
  return (
    <FormPage
      title={`Edit ${repository.repositoryName}`}
      description="Its id, database, embedding model and language stay as they are."
      verb="Save"
      back={here}
      form={form}
    >
      <Container>
        <SpaceBetween size="m">
          <TextRow form={form} name="repositoryName" label="Name" />
          <TextareaRow form={form} name="description" label="Description – optional" />
          <WordsRow
            form={form}
            name="allowedGroups"
            label="Groups that may see it"
            hint="Everybody, if there is none. Collections with groups of their own keep them."
          />
          <LabelRows form={form} />
        </SpaceBetween>
      </Container>
    </FormPage>
  );
}
