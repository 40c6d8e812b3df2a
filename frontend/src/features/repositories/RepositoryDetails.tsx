import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs, {
  type KeyValuePairsProps,
} from "@cloudscape-design/components/key-value-pairs";
import { moment } from "@/app/format";
import { labelWords } from "./forms/labels";
import { Badges, Groups, Status } from "./parts";
import { repositoryStatus } from "./status";
import type { Repository } from "./types";

export function RepositoryDetails({ repository }: { repository: Repository }) {
  return (
    <Container header={<Header variant="h2">Details</Header>}>
      <KeyValuePairs columns={4} items={details(repository)} />
    </Container>
  );
}

function details(repository: Repository): KeyValuePairsProps.Item[] {
  const { status, reason } = repository;
  const labels = labelWords(repository.metadata);
  return [
    { label: "Status", value: <Status shown={repositoryStatus(status)} reason={reason} /> },
    { label: "Id", value: repository.repositoryId },
    { label: "Embedding model", value: repository.embeddingModelId },
    { label: "Who may see it", value: <Groups groups={repository.allowedGroups} /> },
    { label: "Store", value: storeOf(repository) },
    { label: "Language", value: repository.language },
    { label: "Labels", value: labels.length > 0 ? <Badges words={labels} /> : "None" },
    { label: "Created", value: created(repository) },
  ];
}

function created({ createdAt, createdBy }: Repository): string {
  return createdBy ? `${moment(createdAt)} by ${createdBy}` : moment(createdAt);
}

/** Where its vectors lie, as far as one may know it. */
function storeOf({ type, rdsConfig, opensearchConfig }: Repository): string {
  const name = type === "pgvector" ? "PostgreSQL with pgvector" : "OpenSearch";
  if (rdsConfig) {
    return `${name} at ${rdsConfig.dbHost}:${rdsConfig.dbPort}/${rdsConfig.dbName}`;
  }
  return opensearchConfig ? `${name} at ${opensearchConfig.endpoint}` : name;
}
