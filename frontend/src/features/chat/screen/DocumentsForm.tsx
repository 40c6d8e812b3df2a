import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { sentence } from "@/api/errors";
import { useConfiguration } from "@/features/configuration/useConfiguration";
import { useCollections, useRepositories } from "../documents/useDocuments";
import type { Setup } from "../types";
import { NumberField } from "./NumberField";

interface Props {
  setup: Setup;
  onChange: (fields: Partial<Setup>) => void;
}

const NONE = { value: "", label: "No documents" };
const USUAL = { value: "", label: "The usual collection" };
const PASSAGES = { least: 1, most: 20, whole: true };

/** Which documents answers are taken from. */
export function DocumentsForm({ setup, onChange }: Props) {
  const { editNumOfRagDocument } = useConfiguration().enabledComponents;
  const repositories = useRepositories();
  const collections = useCollections(setup.repository);
  const all = [
    NONE,
    ...(repositories.data ?? []).map(({ repositoryId, repositoryName }) => {
      return { value: repositoryId, label: repositoryName || repositoryId };
    }),
  ];
  const within = [
    USUAL,
    ...(collections.data ?? [])
      .filter((one) => !one.default)
      .map((one) => ({ value: one.collectionId, label: one.name })),
  ];
  const chosen = (options: typeof all, value: string | undefined) =>
    options.find((one) => one.value === (value ?? "")) ?? { value, label: value };
  return (
    <SpaceBetween size="s">
      <FormField
        label="Answer from documents"
        description="Passages of them go with each question, and answers cite them."
      >
        <Select
          selectedOption={chosen(all, setup.repository)}
          options={all}
          statusType={statusOf(repositories)}
          errorText={repositories.error ? sentence(repositories.error) : undefined}
          recoveryText="Try again"
          onLoadItems={() => repositories.isError && void repositories.refetch()}
          onChange={({ detail }) =>
            onChange({
              repository: detail.selectedOption.value || undefined,
              collection: undefined,
            })
          }
        />
      </FormField>
      {setup.repository && (
        <SpaceBetween size="s">
          <FormField label="Collection">
            <Select
              selectedOption={chosen(within, setup.collection)}
              options={within}
              statusType={statusOf(collections)}
              errorText={collections.error ? sentence(collections.error) : undefined}
              onChange={({ detail }) =>
                onChange({ collection: detail.selectedOption.value || undefined })
              }
            />
          </FormField>
          {editNumOfRagDocument && (
            <NumberField
              label="Passages"
              explained="How many go with each question."
              usual="5"
              range={PASSAGES}
              value={setup.passages}
              onValue={(passages) => onChange({ passages })}
            />
          )}
        </SpaceBetween>
      )}
    </SpaceBetween>
  );
}

function statusOf(query: { isPending: boolean; isError: boolean }) {
  if (query.isError) return "error" as const;
  return query.isPending ? ("loading" as const) : ("finished" as const);
}
