import { useMemo } from "react";
import { ask } from "@/api/calls";
import { type Api, useApi } from "@/api/client";
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

type Verb = Parameters<typeof ask>[1];
type Values = Record<string, string | number | boolean | undefined>;
interface Sent {
  path?: Record<string, string>;
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
    repositories: () => send<Repository[]>("get", "/repository"),
    repository: (repositoryId: string) => send<Repository>("get", one, { path: { repositoryId } }),
    createRepository: (body: unknown) => send<Repository>("post", "/repository", { body }),
    updateRepository: (repositoryId: string, body: unknown) =>
      send<Repository>("put", one, { path: { repositoryId }, body }),
    /** `storeIsLost` says that its database is gone already, so that nobody waits for it. */
    deleteRepository: (repositoryId: string, storeIsLost: boolean) =>
      send<Repository>("delete", one, { path: { repositoryId }, query: { storeIsLost } }),
    jobs: (repositoryId: string, query: { timeLimit: number; lastEvaluatedKey?: string }) =>
      send<JobsPage>("get", `${one}/jobs`, {
        path: { repositoryId },
        query: { ...query, pageSize: 20 },
      }),
    /** Administrators' alone: others are not told of models here. */
    models: () => send<{ models: { modelId: string; modelType: string }[] }>("get", "/models"),
  };
}

function ofCollections(send: Send) {
  const all = "/repository/{repositoryId}/collection";
  const one = `${all}/{collectionId}`;
  return {
    collections: (
      repositoryId: string,
      query: { filter?: string; lastEvaluatedKey?: string; pageSize?: number },
    ) => send<CollectionsPage>("get", all, { path: { repositoryId }, query }),
    collection: (repositoryId: string, collectionId: string) =>
      send<Collection>("get", one, { path: { repositoryId, collectionId } }),
    createCollection: (repositoryId: string, body: unknown) =>
      send<Collection>("post", all, { path: { repositoryId }, body }),
    updateCollection: (repositoryId: string, collectionId: string, body: unknown) =>
      send<Collection>("put", one, { path: { repositoryId, collectionId }, body }),
    deleteCollection: (repositoryId: string, collectionId: string) =>
      send<Collection>("delete", one, { path: { repositoryId, collectionId } }),
    search: (repositoryId: string, collectionId: string, question: Question) =>
      send<SearchAnswer>("get", "/repository/{repositoryId}/similaritySearch", {
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
      send<DocumentsPage>("get", all, { path: { repositoryId }, query }),
    document: (repositoryId: string, documentId: string) =>
      send<Document>("get", one, { path: { repositoryId, documentId } }),
    /** An address of its file, good for five minutes. */
    download: (repositoryId: string, documentId: string) =>
      send<{ url: string }>("get", `${one}/download`, { path: { repositoryId, documentId } }),
    deleteDocuments: (repositoryId: string, documentIds: string[]) =>
      send<{ jobs: Job[] }>("delete", all, { path: { repositoryId }, body: { documentIds } }),
    uploadForm: (repositoryId: string, collectionId: string, fileName: string) =>
      send<UploadForm>("post", "/repository/presigned-url", {
        body: { repositoryId, collectionId, fileName },
      }),
    ingest: (repositoryId: string, collectionId: string, keys: string[]) =>
      send<{ jobs: Job[] }>("post", "/repository/{repositoryId}/bulk", {
        path: { repositoryId },
        body: { keys, collectionId },
      }),
  };
}

/** One call of the client, whose own types know these routes once the OpenAPI document has them. */
function sendingBy(api: Api): Send {
  return (verb, path, { path: ids, query, body } = {}) =>
    ask(api, verb, path, { path: ids, query: { ...query }, body });
}
