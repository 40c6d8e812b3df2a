import Alert from "@cloudscape-design/components/alert";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useLocation, useNavigate } from "react-router";
import { useNotices } from "@/app/notices";
import { useRepositoriesApi } from "../api";
import { useModelIds, useRefresh } from "../queries";
import type { Repository } from "../types";
import { LANGUAGES } from "../words";
import { FormPage } from "./FormPage";
import { SelectRow, SuggestRow, TextareaRow, TextRow, WordsRow } from "./fields";
import { draftOf, EMPTY, type RepositoryDraft, RULES, requestOf } from "./repositoryDraft";
import { LabelRows } from "./rows";
import { StoreFields } from "./StoreFields";
import { type FormState, useForm } from "./useForm";

export default function RepositoryCreatePage() {
  const api = useRepositoriesApi();
  const refresh = useRefresh();
  const notices = useNotices();
  const navigate = useNavigate();
  const failed = useLocation().state as Repository | null;
  const form = useForm(failed ? draftOf(failed) : EMPTY, RULES, async (draft) => {
    const made = await api.createRepository(requestOf(draft));
    await refresh();
    if (made.status === "CREATE_COMPLETE") {
      notices.tell("success", `${made.repositoryName} is ready`);
    }
    navigate(`/repositories/${made.repositoryId}`);
  });
  return (
    <FormPage title="Create repository" verb="Create" back="/repositories" form={form}>
      <About form={form} />
      <StoreFields form={form} />
    </FormPage>
  );
}

function About({ form }: { form: FormState<RepositoryDraft> }) {
  const models = useModelIds("embedding");
  return (
    <Container header={<Header variant="h2">Repository</Header>}>
      <SpaceBetween size="m">
        <TextRow
          form={form}
          name="repositoryId"
          label="Id"
          hint="In addresses and calls; it stays for ever."
          placeholder="hr-docs"
        />
        <TextRow
          form={form}
          name="repositoryName"
          label="Name – optional"
          placeholder="HR documents"
        />
        <TextareaRow form={form} name="description" label="Description – optional" />
        <SuggestRow
          form={form}
          name="embeddingModelId"
          label="Embedding model"
          hint="Of the default collection, and of others that name none. It stays for ever."
          options={models}
          placeholder="Choose one, or type its id"
        />
        {models.length === 0 && (
          <Alert type="info">
            There is no embedding model yet. Create one under Models, with the type embedding.
          </Alert>
        )}
        <SelectRow
          form={form}
          name="language"
          label="Language"
          hint="How words are brought to their stems; “simple” for all others, and for many at once."
          options={LANGUAGES.map((value) => ({ value }))}
        />
        <WordsRow
          form={form}
          name="allowedGroups"
          label="Groups that may see it"
          hint="Everybody, if there is none."
        />
        <LabelRows form={form} />
      </SpaceBetween>
    </Container>
  );
}
