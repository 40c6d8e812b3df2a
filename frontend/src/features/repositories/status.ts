import type { StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";
import type { CollectionStatus, Document, DocumentStatus, Job, RepositoryStatus } from "./types";

export interface Shown {
  type: StatusIndicatorProps.Type;
  text: string;
}

const REPOSITORY: Record<RepositoryStatus, Shown> = {
  CREATE_IN_PROGRESS: { type: "in-progress", text: "Being made" },
  CREATE_COMPLETE: { type: "success", text: "Ready" },
  CREATE_FAILED: { type: "error", text: "Could not be made" },
  DELETE_IN_PROGRESS: { type: "in-progress", text: "Being removed" },
  DELETE_FAILED: { type: "error", text: "Could not be removed" },
};

const COLLECTION: Record<CollectionStatus, Shown> = {
  ACTIVE: { type: "success", text: "Ready" },
  DELETE_IN_PROGRESS: { type: "in-progress", text: "Being removed" },
  DELETE_FAILED: { type: "error", text: "Could not be removed" },
};

const DOCUMENT: Record<DocumentStatus, Shown> = {
  PENDING: { type: "pending", text: "Waiting" },
  IN_PROGRESS: { type: "in-progress", text: "Being read" },
  COMPLETED: { type: "success", text: "Ready" },
  FAILED: { type: "error", text: "Failed" },
  DELETING: { type: "in-progress", text: "Being removed" },
  REMOVED: { type: "stopped", text: "Removed" },
};

const STEPS = { PARSE: "Reading", EMBED: "Embedding", INDEX: "Indexing" };

/** What the product may come to say and this page does not know yet is shown as it is. */
function known<Key extends string>(words: Record<Key, Shown>, status: Key): Shown {
  return words[status] ?? { type: "info", text: status };
}

export function repositoryStatus(status: RepositoryStatus): Shown {
  return known(REPOSITORY, status);
}

export function collectionStatus(status: CollectionStatus): Shown {
  return known(COLLECTION, status);
}

/** How a document fares, with what is being done to it at this moment. */
export function documentStatus({ status, step }: Pick<Document, "status" | "step">): Shown {
  const shown = known(DOCUMENT, status);
  return status === "IN_PROGRESS" && step ? { ...shown, text: STEPS[step] } : shown;
}

export function jobStatus({ status }: Pick<Job, "status">): Shown {
  if (status.endsWith("_COMPLETED")) return { type: "success", text: "Done" };
  if (status.endsWith("_FAILED")) return { type: "error", text: "Failed" };
  if (status.endsWith("_PENDING")) return { type: "pending", text: "Waiting" };
  return { type: "in-progress", text: "Under way" };
}

/** Whether a status changes by itself, so that the page asks again. */
export function moves({ status }: { status: string }): boolean {
  return /PENDING$|IN_PROGRESS$|^DELETING$/.test(status);
}

/** The key of a document's object: what its source says after the bucket. */
export function keyOf({ source }: Pick<Document, "source">): string {
  return source.replace(/^s3:\/\/[^/]+\//, "");
}
