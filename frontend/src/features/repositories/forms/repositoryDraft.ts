import type {
  RdsConfig,
  Repository,
  RepositoryRequest,
  RepositoryUpdate,
  StoreType,
} from "../types";
import { LABELS_RULE, type LabelsDraft, labelsDraft, labelsOf, NO_LABELS } from "./labels";
import type { Rule } from "./useForm";

/** A repository as it is filled in: numbers are texts until they are sent. */
export interface RepositoryDraft extends LabelsDraft {
  repositoryId: string;
  repositoryName: string;
  description: string;
  embeddingModelId: string;
  language: string;
  type: StoreType;
  /** Whether its database is there, or LISA makes it. */
  place: "existing" | "new";
  dbHost: string;
  dbPort: string;
  dbName: string;
  username: string;
  passwordSecretId: string;
  tls: RdsConfig["tls"];
  instanceClass: string;
  storage: string;
  multiAz: boolean;
  version: "16" | "17";
  endpoint: string;
  engine: "faiss" | "lucene";
  dataNodes: string;
  dataNodeInstanceType: string;
  masterNodes: "0" | "3" | "5";
  masterNodeInstanceType: string;
  volumeSize: string;
  allowedGroups: string[];
}

export const EMPTY: RepositoryDraft = {
  repositoryId: "",
  repositoryName: "",
  description: "",
  embeddingModelId: "",
  language: "english",
  type: "pgvector",
  place: "existing",
  dbHost: "",
  dbPort: "5432",
  dbName: "postgres",
  username: "",
  passwordSecretId: "",
  tls: "require",
  instanceClass: "db.t4g.medium",
  storage: "20",
  multiAz: false,
  version: "17",
  endpoint: "",
  engine: "faiss",
  dataNodes: "2",
  dataNodeInstanceType: "r7g.large.search",
  masterNodes: "0",
  masterNodeInstanceType: "m7g.large.search",
  volumeSize: "20",
  allowedGroups: [],
  ...NO_LABELS,
};

const NAME = /^[\p{L}\p{N}_ -]{0,100}$/u;
const existing = (type: StoreType) => (draft: RepositoryDraft) =>
  draft.type === type && draft.place === "existing";
const made = (type: StoreType) => (draft: RepositoryDraft) =>
  draft.type === type && draft.place === "new";

/** A rule that holds only in some cases. */
function where(
  applies: (draft: RepositoryDraft) => boolean,
  rule: Rule<RepositoryDraft>,
): Rule<RepositoryDraft> {
  return { ...rule, holds: (draft) => !applies(draft) || rule.holds(draft) };
}

function whole(text: string, least: number, most: number): boolean {
  return /^\d+$/.test(text) && Number(text) >= least && Number(text) <= most;
}

const NAME_RULE: Rule<RepositoryDraft> = {
  field: "repositoryName",
  holds: ({ repositoryName }) => NAME.test(repositoryName),
  message: "Letters, digits, spaces, _ and -, 100 at most.",
};

/** Of what may be changed later. */
export const ABOUT_RULES: readonly Rule<RepositoryDraft>[] = [NAME_RULE, LABELS_RULE];

export const RULES: readonly Rule<RepositoryDraft>[] = [
  ...ABOUT_RULES,
  {
    field: "repositoryId",
    holds: ({ repositoryId }) => /^[a-z0-9][a-z0-9-]{2,19}$/.test(repositoryId),
    message: "3 to 20 small letters, digits and hyphens, such as hr-docs.",
  },
  {
    field: "embeddingModelId",
    holds: ({ embeddingModelId }) => embeddingModelId.trim() !== "",
    message: "Choose the model that embeds what is in it. It stays for ever.",
  },
  where(existing("pgvector"), {
    field: "dbHost",
    holds: ({ dbHost }) => /^[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[a-z0-9])?$/.test(dbHost),
    message: "The host's name or address, without a port.",
  }),
  where(existing("pgvector"), {
    field: "dbPort",
    holds: ({ dbPort }) => whole(dbPort, 1, 65535),
    message: "A port, 1 to 65535.",
  }),
  where(existing("pgvector"), {
    field: "username",
    holds: ({ username, passwordSecretId }) =>
      username !== "" && (passwordSecretId !== "" || username.startsWith("lisa")),
    message: "A user. Without a secret it signs in by IAM, and its name begins with lisa.",
  }),
  where(existing("opensearch"), {
    field: "endpoint",
    holds: ({ endpoint }) => /^https:\/\/[^/?#@\s]+\/?$/.test(endpoint),
    message: "https:// and a host, without a path.",
  }),
  where(made("pgvector"), {
    field: "storage",
    holds: ({ storage }) => whole(storage, 20, 16384),
    message: "20 to 16384 GiB.",
  }),
  where(made("pgvector"), {
    field: "instanceClass",
    holds: ({ instanceClass }) => /^db\.[a-z0-9-]+\.[a-z0-9]+$/.test(instanceClass),
    message: "An instance class of RDS, such as db.t4g.medium.",
  }),
  where(made("opensearch"), {
    field: "dataNodes",
    holds: ({ dataNodes: nodes }) =>
      whole(nodes, 1, 80) && (nodes === "1" || Number(nodes) % 2 === 0),
    message: "One, or an even number up to 80: half of them stand in each zone.",
  }),
  where(made("opensearch"), {
    field: "masterNodeInstanceType",
    holds: ({ masterNodes, masterNodeInstanceType: type }) =>
      masterNodes === "0" || /^[a-z0-9-]+\.[a-z0-9]+\.search$/.test(type),
    message: "An instance type of OpenSearch, such as m7g.large.search.",
  }),
  where(made("opensearch"), {
    field: "volumeSize",
    holds: ({ volumeSize }) => whole(volumeSize, 20, 16384),
    message: "20 to 16384 GiB for each node.",
  }),
];

/** The body of POST /repository. */
export function requestOf(draft: RepositoryDraft): RepositoryRequest {
  return {
    repositoryId: draft.repositoryId,
    repositoryName: draft.repositoryName.trim() || undefined,
    description: draft.description.trim(),
    embeddingModelId: draft.embeddingModelId.trim(),
    language: draft.language,
    type: draft.type,
    allowedGroups: draft.allowedGroups,
    metadata: labelsOf(draft),
    ...(draft.type === "pgvector"
      ? { rdsConfig: rdsConfig(draft) }
      : { opensearchConfig: opensearchConfig(draft) }),
  };
}

function rdsConfig(draft: RepositoryDraft): RepositoryRequest["rdsConfig"] {
  if (draft.place === "new") {
    const { instanceClass, storage, multiAz, version } = draft;
    return { instanceClass, storage: Number(storage), multiAz, version };
  }
  const { dbHost, dbPort, dbName, username, passwordSecretId, tls } = draft;
  const secret = passwordSecretId ? { passwordSecretId } : {};
  return { dbHost, dbPort: Number(dbPort), dbName, username, tls, ...secret };
}

function opensearchConfig(draft: RepositoryDraft): RepositoryRequest["opensearchConfig"] {
  if (draft.place === "new") {
    const { dataNodes, dataNodeInstanceType, masterNodes, volumeSize } = draft;
    return {
      dataNodes: Number(dataNodes),
      dataNodeInstanceType,
      masterNodes: Number(masterNodes) as 0 | 3 | 5,
      masterNodeInstanceType: draft.masterNodeInstanceType,
      volumeSize: Number(volumeSize),
    };
  }
  const { endpoint, engine, username, passwordSecretId } = draft;
  return {
    endpoint,
    engine,
    ...(username && passwordSecretId ? { username, passwordSecretId } : {}),
  };
}

/** A repository as it was filled in: to be changed, or asked for again after it failed. */
export function draftOf(one: Repository): RepositoryDraft {
  const { repositoryId, repositoryName, description, embeddingModelId, language, type } = one;
  const said = { repositoryId, repositoryName, description, embeddingModelId, language, type };
  const about = { allowedGroups: one.allowedGroups, ...labelsDraft(one.metadata) };
  const place = one.infrastructure ? "new" : "existing";
  const made = texts({ ...one.infrastructure, multiAz: undefined });
  const reached = texts({ ...one.rdsConfig, ...one.opensearchConfig });
  const wanted = one.infrastructure;
  const multiAz = wanted && "multiAz" in wanted ? wanted.multiAz : false;
  return { ...EMPTY, ...said, ...about, ...made, ...reached, place, multiAz };
}

/** The values that the form has fields for, as texts. */
function texts(values: Record<string, unknown>): Partial<RepositoryDraft> {
  const known = Object.entries(values).filter(
    ([name, value]) => name in EMPTY && value !== null && value !== undefined,
  );
  return Object.fromEntries(known.map(([name, value]) => [name, String(value)]));
}

/** The body of PUT /repository/{repositoryId}; pipelines have a page of their own. */
export function updateOf(draft: RepositoryDraft, was: Repository): RepositoryUpdate {
  return {
    repositoryName: draft.repositoryName.trim() || was.repositoryId,
    description: draft.description.trim(),
    allowedGroups: draft.allowedGroups,
    metadata: labelsOf(draft),
  };
}
