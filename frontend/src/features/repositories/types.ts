/** The repositories' API, as `docs/documents.md` describes it. */

export interface Reason {
  code: string;
  message: string;
  fix: string;
}

export interface Labels {
  tags: string[];
  customFields: Record<string, string | number | boolean>;
}

export type ChunkingKind = "structure" | "recursive" | "fixed" | "none";

export interface ChunkingStrategy {
  kind: ChunkingKind;
  /** In tokens of the embedding model, as `overlap`. */
  size: number;
  overlap: number;
}

export type SearchMode = "hybrid" | "vector" | "text";

export interface SearchSettings {
  mode: SearchMode;
  vectorWeight: number | null;
  rerankModel: string | null;
  neighbours: number;
}

export interface Pipeline {
  s3Bucket: string;
  s3Prefix: string;
  trigger: "event" | "daily" | "schedule";
  autoRemove: boolean;
  collectionId: string | null;
  chunkingStrategy: ChunkingStrategy | null;
  metadata: Labels;
}

export type RepositoryStatus =
  | "CREATE_IN_PROGRESS"
  | "CREATE_COMPLETE"
  | "CREATE_FAILED"
  | "DELETE_IN_PROGRESS"
  | "DELETE_FAILED";

export type StoreType = "pgvector" | "opensearch";

export interface RdsConfig {
  dbHost: string;
  dbPort: number;
  dbName: string;
  username: string;
  passwordSecretId: string | null;
  tls: "require" | "verify" | "off";
}

export interface OpenSearchConfig {
  endpoint: string;
  username: string | null;
  passwordSecretId: string | null;
  engine: "faiss" | "lucene";
}

/** What the lower half tells only administrators are told. */
export interface Repository {
  repositoryId: string;
  repositoryName: string;
  description: string;
  embeddingModelId: string;
  language: string;
  defaultCollectionId: string;
  type: StoreType;
  allowedGroups: string[];
  metadata: Labels;
  status: RepositoryStatus;
  createdAt: string;
  updatedAt: string;
  pipelines?: Pipeline[];
  rdsConfig?: RdsConfig | null;
  opensearchConfig?: OpenSearchConfig | null;
  /** The database that LISA makes, or has made, for it. */
  infrastructure?: Infrastructure | null;
  reason?: Reason | null;
  createdBy?: string;
}

/** Of a PostgreSQL the first three, of an OpenSearch domain the others. */
export interface Infrastructure {
  instanceClass?: string;
  storage?: number;
  multiAz?: boolean;
  dataNodes?: number;
  dataNodeInstanceType?: string;
  volumeSize?: number;
}

export type CollectionStatus = "ACTIVE" | "DELETE_IN_PROGRESS" | "DELETE_FAILED";

export interface Collection {
  collectionId: string;
  repositoryId: string;
  name: string;
  description: string;
  embeddingModel: string;
  dimensions: number;
  language: string;
  chunkingStrategy: ChunkingStrategy;
  allowChunkingOverride: boolean;
  searchSettings: SearchSettings;
  metadata: Labels;
  /** Null: those of its repository. */
  allowedGroups: string[] | null;
  default: boolean;
  status: CollectionStatus;
  reason: Reason | null;
  createdBy: string;
  createdAt: string;
  updatedAt: string;
}

export type DocumentStatus = "PENDING" | "IN_PROGRESS" | "COMPLETED" | "FAILED" | "DELETING";

export interface Document {
  documentId: string;
  repositoryId: string;
  collectionId: string;
  documentName: string;
  /** `s3://bucket/key` */
  source: string;
  ingestionType: "manual" | "auto";
  username: string | null;
  /** Whether the caller uploaded it. */
  mine: boolean;
  uploadDate: string;
  updatedAt: string;
  status: DocumentStatus;
  step: "PARSE" | "EMBED" | "INDEX" | null;
  /** 0 to 1. */
  progress: number;
  /** In bytes. */
  size: number;
  title: string | null;
  mediaType: string | null;
  pages: number | null;
  chunks: number | null;
  warnings: string[];
  jobId: string;
  reason: Reason | null;
}

export interface Job {
  id: string;
  jobType: "document_ingestion" | "document_deletion";
  status: `${"INGESTION" | "DELETE"}_${"PENDING" | "IN_PROGRESS" | "COMPLETED" | "FAILED"}`;
  progress: number;
  repositoryId: string;
  collectionId: string;
  documentId: string;
  documentName: string;
  ingestionType: "manual" | "auto";
  createdAt: string;
  updatedAt: string;
  username: string | null;
  reason: Reason | null;
}

/** A page of a list; `lastEvaluatedKey` asks for the next one. */
export interface Paging {
  lastEvaluatedKey: string | null;
  hasNextPage: boolean;
}

export interface CollectionsPage extends Paging {
  collections: Collection[];
  pagination: { totalCount: number | null };
}

export interface DocumentsPage extends Paging {
  documents: Document[];
  /** Null if nobody counted. */
  totalDocuments: number | null;
}

export interface JobsPage extends Paging {
  jobs: Job[];
  totals: { total: number; completed: number; failed: number; progress: number };
}

/** A form by which one file is put into the bucket. */
export interface UploadForm {
  url: string;
  fields: Record<string, string>;
  key: string;
}

export interface Scores {
  score: number;
  similarity: number | null;
  bm25: number | null;
  fused: number;
  rerank: number | null;
}

export interface Passage {
  page_content: string;
  metadata: {
    documentId: string;
    title: string;
    source: string;
    headings: string[];
    pages: [number, number] | null;
    rank: number;
    scores: Scores;
  };
}

export interface SearchAnswer {
  docs: { Document: Passage }[];
  metadata: {
    actual_mode_used: SearchMode;
    vector_weight: number;
    rerank_model: string | null;
    warnings: string[];
    embeddingModel: string;
  };
}

export interface Question {
  query: string;
  topK: number;
  searchMode?: SearchMode;
}

/** What a list is asked for beside its page. */
export interface DocumentsAsked {
  filter?: string;
  sortBy?: "documentName" | "uploadDate" | "updatedAt" | "size";
  sortOrder?: "asc" | "desc";
  status?: DocumentStatus;
  lastEvaluatedKey?: string;
  pageSize?: number;
}
