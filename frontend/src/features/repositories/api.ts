import { useMemo } from "react";
import { type Api, dataOf, useApi } from "@/api/client";
import type {
  CollectionRequest,
  CollectionsAsked,
  CollectionUpdate,
  Document,
  DocumentsAsked,
  IngestWish,
  JobsAsked,
  Question,
  RepositoryRequest,
  RepositoryUpdate,
} from "./types";

/** Where documents lie. */
type Shelf = Pick<Document, "repositoryId" | "collectionId">;

export type RepositoriesApi = ReturnType<typeof repositoriesApi>;

export function useRepositoriesApi(): RepositoriesApi {
  const api = useApi();
  return useMemo(() => repositoriesApi(api), [api]);
}

/** Every call of repositories, collections and documents; a refusal is thrown as an ApiError. */
export function repositoriesApi(api: Api) {
  return { ...ofRepositories(api), ...ofCollections(api), ...ofDocuments(api) };
}

function ofRepositories(api: Api) {
  const one = "/repository/{repositoryId}";
  return {
    repositories: () => dataOf(api.GET("/repository")),
    repository: (repositoryId: string) =>
      dataOf(api.GET(one, { params: { path: { repositoryId } } })),
    createRepository: (body: RepositoryRequest) => dataOf(api.POST("/repository", { body })),
    updateRepository: (repositoryId: string, body: RepositoryUpdate) =>
      dataOf(api.PUT(one, { params: { path: { repositoryId } }, body })),
    /** `storeIsLost` says that its database is gone already, so that nobody waits for it. */
    deleteRepository: (repositoryId: string, storeIsLost: boolean) =>
      dataOf(api.DELETE(one, { params: { path: { repositoryId }, query: { storeIsLost } } })),
    jobs: (repositoryId: string, asked: JobsAsked) => {
      const query = { ...asked, pageSize: 20 };
      return dataOf(api.GET(`${one}/jobs`, { params: { path: { repositoryId }, query } }));
    },
    /** Administrators' alone: others are not told of models here. */
    models: () => dataOf(api.GET("/models")),
  };
}

function ofCollections(api: Api) {
  const all = "/repository/{repositoryId}/collection";
  const one = `${all}/{collectionId}` as const;
  const at = (repositoryId: string, collectionId: string) => ({
    path: { repositoryId, collectionId },
  });
  return {
    collections: (repositoryId: string, query: CollectionsAsked) =>
      dataOf(api.GET(all, { params: { path: { repositoryId }, query } })),
    collection: (repositoryId: string, collectionId: string) =>
      dataOf(api.GET(one, { params: at(repositoryId, collectionId) })),
    createCollection: (repositoryId: string, body: CollectionRequest) =>
      dataOf(api.POST(all, { params: { path: { repositoryId } }, body })),
    updateCollection: (repositoryId: string, collectionId: string, body: CollectionUpdate) =>
      dataOf(api.PUT(one, { params: at(repositoryId, collectionId), body })),
    deleteCollection: (repositoryId: string, collectionId: string) =>
      dataOf(api.DELETE(one, { params: at(repositoryId, collectionId) })),
    search: (repositoryId: string, collectionId: string, question: Question) => {
      const params = { path: { repositoryId }, query: { collectionId, ...question } };
      const init = { params, querySerializer: written };
      return dataOf(api.GET("/repository/{repositoryId}/similaritySearch", init));
    },
  };
}

/** `filter` is sent as JSON, which is not the client's own way of writing objects. */
function written(query: Record<string, unknown>): string {
  const said = Object.entries(query).filter(([, value]) => value !== undefined);
  const texts = said.map(([name, value]) => [
    name,
    typeof value === "object" ? JSON.stringify(value) : String(value),
  ]);
  return new URLSearchParams(texts).toString();
}

function ofDocuments(api: Api) {
  const all = "/repository/{repositoryId}/document";
  const one = "/repository/{repositoryId}/{documentId}";
  return {
    documents: (repositoryId: string, query: DocumentsAsked) =>
      dataOf(api.GET(all, { params: { path: { repositoryId }, query } })),
    document: (repositoryId: string, documentId: string) =>
      dataOf(api.GET(one, { params: { path: { repositoryId, documentId } } })),
    /** An address of its file, good for five minutes. */
    download: (repositoryId: string, documentId: string) =>
      dataOf(api.GET(`${one}/download`, { params: { path: { repositoryId, documentId } } })),
    deleteDocuments: (repositoryId: string, documentIds: string[]) =>
      dataOf(api.DELETE(all, { params: { path: { repositoryId } }, body: { documentIds } })),
    uploadForm: (repositoryId: string, collectionId: string, fileName: string) => {
      const body = { repositoryId, collectionId, fileName };
      return dataOf(api.POST("/repository/presigned-url", { body }));
    },
    ingest: (one: Shelf, keys: string[], wish: IngestWish = {}) => {
      const { repositoryId, collectionId } = one;
      const init = { params: { path: { repositoryId } }, body: { keys, collectionId, ...wish } };
      return dataOf(api.POST("/repository/{repositoryId}/bulk", init));
    },
  };
}
