import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Slider from "@cloudscape-design/components/slider";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useModelIds } from "../queries";
import type { Repository } from "../types";
import { LANGUAGES, MODES } from "../words";
import type { CollectionDraft } from "./collectionDraft";
import { CheckRow, SelectRow, SuggestRow, TextareaRow, TextRow, WordsRow } from "./fields";
import { CuttingRows, LabelRows } from "./rows";
import type { FormState } from "./useForm";

interface Props {
  form: FormState<CollectionDraft>;
  /** Of a new one, whose model and language are still to be chosen. */
  repository?: Repository;
}

/** All that a collection is: what it is called, who sees it, how it is cut and searched. */
export function CollectionFields({ form, repository }: Props) {
  return (
    <SpaceBetween size="l">
      <Container header={<Header variant="h2">Collection</Header>}>
        <SpaceBetween size="m">
          <TextRow form={form} name="name" label="Name" placeholder="Contracts" />
          <TextareaRow form={form} name="description" label="Description – optional" />
          {repository && <ForEver form={form} repository={repository} />}
          <CheckRow form={form} name="inherits" label="Whoever sees the repository sees it" />
          {!form.values.inherits && (
            <WordsRow
              form={form}
              name="allowedGroups"
              label="Groups that may see it"
              hint="Of those who may see the repository. One of them must be yours."
            />
          )}
          <LabelRows form={form} />
        </SpaceBetween>
      </Container>
      <Cutting form={form} />
      <Searching form={form} />
    </SpaceBetween>
  );
}

function ForEver({ form, repository }: Required<Props>) {
  const models = useModelIds("embedding");
  const hint = "It stays for ever.";
  return (
    <SpaceBetween size="m">
      <SuggestRow
        form={form}
        name="embeddingModel"
        label="Embedding model – optional"
        hint={`Without one, ${repository.embeddingModelId}, the repository’s. ${hint}`}
        options={models}
        placeholder={repository.embeddingModelId}
      />
      <SelectRow
        form={form}
        name="language"
        label="Language"
        hint={hint}
        options={[
          { value: "", label: `${repository.language} (the repository’s)` },
          ...LANGUAGES.map((value) => ({ value })),
        ]}
      />
    </SpaceBetween>
  );
}

function Cutting({ form }: Pick<Props, "form">) {
  return (
    <Container
      header={
        <Header variant="h2" description="Holds for documents that are read from now on.">
          Cutting
        </Header>
      }
    >
      <SpaceBetween size="m">
        <CuttingRows form={form} />
        <CheckRow
          form={form}
          name="allowChunkingOverride"
          label="Whoever adds a document may have it cut otherwise"
        />
      </SpaceBetween>
    </Container>
  );
}

function Searching({ form }: Pick<Props, "form">) {
  const reranking = useModelIds("rerank");
  return (
    <Container header={<Header variant="h2">Searching</Header>}>
      <SpaceBetween size="m">
        <SelectRow form={form} name="mode" label="How" options={optionsOf(MODES)} />
        {form.values.mode === "hybrid" && (
          <FormField
            label="Meaning or words"
            description="0 counts words alone, 100 meaning alone; 50 is best for most."
          >
            <Slider
              value={form.values.vectorWeight}
              min={0}
              max={100}
              step={5}
              ariaLabel="Share of the meaning in percent"
              onChange={({ detail }) => form.set("vectorWeight", detail.value)}
            />
          </FormField>
        )}
        <TextRow
          form={form}
          name="neighbours"
          label="Neighbours"
          hint="Chunks before and after a hit that are shown with it."
          type="number"
        />
        <SuggestRow
          form={form}
          name="rerankModel"
          label="A model that reads the best again – optional"
          hint="One of type rerank: the best passages come first more often, and later."
          options={reranking}
        />
      </SpaceBetween>
    </Container>
  );
}

function optionsOf(words: Record<string, string>) {
  return Object.entries(words).map(([value, label]) => ({ value, label }));
}
