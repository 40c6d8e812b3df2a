import { useMemo } from "react";
import { type Api, dataOf, useApi } from "@/api/client";
import type {
  Collection,
  CollectionsPage,
  Document,
  DocumentsAsked,
  DocumentsPage,
  Job,
  JobsPage,
  Question,
  Repository,
  SearchAnswer,
  UploadForm,
} from "./types";

type Verb = "GET" | "POST" | "PUT" | "DELETE";
type Values = Record<string, string | number | boolean | undefined>;
interface Sent {
  path?: Values;
  query?: Values | DocumentsAsked;
  body?: unknown;
}
type Send = <Answer>(verb: Verb, path: string, sent?: Sent) => Promise<Answer>;

export type RepositoriesApi = ReturnType<typeof repositoriesApi>;

export function useRepositoriesApi(): RepositoriesApi {
  const api = useApi();
  return useMemo(() => repositoriesApi(api), [api]);
}

/** Every call of repositories, collections and documents; a refusal is thrown as an ApiError. */
export function repositoriesApi(api: Api) {
  const send = sendingBy(api);
  return { ...ofRepositories(send), ...ofCollections(send), ...ofDocuments(send) };
}

function ofRepositories(send: Send) {
  const one = "/repository/{repositoryId}";
  return {
    repositories: () => send<Repository[]>("GET", "/repository"),
    repository: (repositoryId: string) => send<Repository>("GET", one, { path: { repositoryId } }),
    createRepository: (body: unknown) => send<Repository>("POST", "/repository", { body }),
    updateRepository: (repositoryId: string, body: unknown) =>
      send<Repository>("PUT", one, { path: { repositoryId }, body }),
    /** `storeIsLost` says that its database is gone already, so that nobody waits for it. */
    deleteRepository: (repositoryId: string, storeIsLost: boolean) =>
      send<Repository>("DELETE", one, { path: { repositoryId }, query: { storeIsLost } }),
    jobs: (repositoryId: string, query: { timeLimit: number; lastEvaluatedKey?: string }) =>
      send<JobsPage>("GET", `${one}/jobs`, {
        path: { repositoryId },
        query: { ...query, pageSize: 20 },
      }),
    /** Administrators' alone: others are not told of models here. */
    models: () => send<{ models: { modelId: string; modelType: string }[] }>("GET", "/models"),
  };
}

function ofCollections(send: Send) {
  const all = "/repository/{repositoryId}/collection";
  const one = `${all}/{collectionId}`;
  return {
    collections: (
      repositoryId: string,
      query: { filter?: string; lastEvaluatedKey?: string; pageSize?: number },
    ) => send<CollectionsPage>("GET", all, { path: { repositoryId }, query }),
    collection: (repositoryId: string, collectionId: string) =>
      send<Collection>("GET", one, { path: { repositoryId, collectionId } }),
    createCollection: (repositoryId: string, body: unknown) =>
      send<Collection>("POST", all, { path: { repositoryId }, body }),
    updateCollection: (repositoryId: string, collectionId: string, body: unknown) =>
      send<Collection>("PUT", one, { path: { repositoryId, collectionId }, body }),
    deleteCollection: (repositoryId: string, collectionId: string) =>
      send<Collection>("DELETE", one, { path: { repositoryId, collectionId } }),
    search: (repositoryId: string, collectionId: string, question: Question) =>
      send<SearchAnswer>("GET", "/repository/{repositoryId}/similaritySearch", {
        path: { repositoryId },
        query: { collectionId, ...question },
      }),
  };
}

function ofDocuments(send: Send) {
  const all = "/repository/{repositoryId}/document";
  const one = "/repository/{repositoryId}/{documentId}";
  return {
    documents: (repositoryId: string, query: DocumentsAsked & { collectionId: string }) =>
      send<DocumentsPage>("GET", all, { path: { repositoryId }, query }),
    document: (repositoryId: string, documentId: string) =>
      send<Document>("GET", one, { path: { repositoryId, documentId } }),
    /** An address of its file, good for five minutes. */
    download: (repositoryId: string, documentId: string) =>
      send<{ url: string }>("GET", `${one}/download`, { path: { repositoryId, documentId } }),
    deleteDocuments: (repositoryId: string, documentIds: string[]) =>
      send<{ jobs: Job[] }>("DELETE", all, { path: { repositoryId }, body: { documentIds } }),
    uploadForm: (repositoryId: string, collectionId: string, fileName: string) =>
      send<UploadForm>("POST", "/repository/presigned-url", {
        body: { repositoryId, collectionId, fileName },
      }),
    ingest: (repositoryId: string, collectionId: string, keys: string[]) =>
      send<{ jobs: Job[] }>("POST", "/repository/{repositoryId}/bulk", {
        path: { repositoryId },
        body: { keys, collectionId },
      }),
  };
}

/** One call of the client, whose own types know these routes once the OpenAPI document has them. */
function sendingBy(api: Api): Send {
  const calls = api as unknown as Record<
    Verb,
    (path: string, init: object) => Promise<{ data?: unknown }>
  >;
  return <Answer>(verb: Verb, path: string, { path: ids, query, body }: Sent = {}) => {
    const answer = calls[verb](path, { params: { path: ids, query }, body });
    return dataOf(answer as Promise<{ data?: Answer }>);
  };
}
