/** The repositories' API, as its document has it; `docs/documents.md` describes it. */
import type { components, operations } from "@/api/schema";

type Schemas = components["schemas"];

export type Reason = Schemas["Reason"];

/** In tokens of the embedding model, `size` as `overlap`. */
export type ChunkingStrategy = Schemas["ChunkingStrategy-Output"];
export type ChunkingKind = ChunkingStrategy["kind"];

/** `customFields` are values by names that people choose. */
export type Labels = Schemas["Labels-Output"];

export type SearchSettings = Schemas["SearchSettings-Output"];
export type SearchMode = Schemas["Mode"];

export type Pipeline = Schemas["Pipeline-Output"];
/** The same as it is sent: what is left out is as usual. */
export type PipelineWish = Schemas["Pipeline-Input"];

/** How a PostgreSQL that is there is reached. */
export type RdsConfig = Schemas["RdsConfig-Output"];

/**
 * What is optional only administrators are told. A database that LISA makes always has null as
 * its address, which the client's types leave out.
 */
export type Repository = Omit<Schemas["RepositoryView"], "infrastructure"> & {
  infrastructure?:
    | Omit<Schemas["NewDatabase-Output"], "dbHost">
    | Omit<Schemas["NewDomain-Output"], "endpoint">
    | null;
};
export type RepositoryStatus = Schemas["RepositoryStatus"];
export type StoreType = Schemas["StoreType"];

/** As above: what is to be made is told without an address. */
export type RepositoryRequest = Omit<
  Schemas["RepositoryRequest"],
  "rdsConfig" | "opensearchConfig"
> & {
  rdsConfig?: Schemas["RdsConfig-Input"] | Omit<Schemas["NewDatabase-Input"], "dbHost">;
  opensearchConfig?:
    | Schemas["OpenSearchConfig-Input"]
    | Omit<Schemas["NewDomain-Input"], "endpoint">;
};
export type RepositoryUpdate = Schemas["RepositoryUpdate"];

/** Its `allowedGroups` are null where those of its repository hold. */
export type Collection = Schemas["CollectionView"];
export type CollectionStatus = Schemas["CollectionStatus"];

export type CollectionRequest = Schemas["CollectionRequest"];
export type CollectionUpdate = Schemas["CollectionUpdate"];

/** `source` is `s3://bucket/key`, `mine` whether the caller uploaded it, `progress` 0 to 1, `size` bytes. */
export type Document = Schemas["DocumentView"];
export type DocumentStatus = Document["status"];

export type Job = Schemas["JobView"];
export type JobsPage = Schemas["JobsPage"];

/** A form by which one file is put into the bucket. */
export type UploadForm = Pick<Schemas["UploadAnswer"], "url" | "fields" | "key">;

export type Scores = Schemas["Scores"];
export type Passage = Schemas["PassageView"];
export type SearchAnswer = Schemas["SearchAnswer"];

export type Question = Pick<
  operations["searchRepository"]["parameters"]["query"],
  "query" | "topK" | "searchMode" | "vectorWeight" | "filter" | "rerank" | "neighbours"
>;

/** How documents are read that are added. */
export type IngestWish = Pick<Schemas["IngestRequest"], "chunkingStrategy" | "metadata">;

type Query<Operation extends "listCollections" | "listDocuments" | "listJobs"> = NonNullable<
  operations[Operation]["parameters"]["query"]
>;

/** What a list is asked for. */
export type CollectionsAsked = Query<"listCollections">;
export type DocumentsAsked = Query<"listDocuments">;
/** `timeLimit` is in hours. */
export type JobsAsked = Query<"listJobs">;
