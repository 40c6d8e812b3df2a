import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useServedModels } from "@/api/served";
import { useCaller } from "@/auth/session";
import { useRepositoriesApi } from "./api";
import { moves } from "./status";
import type { CollectionsAsked, DocumentsAsked, JobsAsked, Question } from "./types";

const EVERY = 2_000;

/** Ask again while something is under way, and no longer. */
function whileMoving<Data>(items: (data: Data) => readonly { status: string }[]) {
  return (query: { state: { data?: Data } }) =>
    query.state.data && items(query.state.data).some(moves) ? EVERY : false;
}

export function useRepositories() {
  const api = useRepositoriesApi();
  return useQuery({
    queryKey: ["repositories"],
    queryFn: () => api.repositories(),
    refetchInterval: whileMoving((all) => all),
  });
}

export function useRepository(repositoryId: string) {
  const api = useRepositoriesApi();
  return useQuery({
    queryKey: ["repositories", repositoryId],
    queryFn: () => api.repository(repositoryId),
    refetchInterval: whileMoving((one) => [one]),
  });
}

export function useCollections(repositoryId: string, asked: CollectionsAsked = {}) {
  const api = useRepositoriesApi();
  return useQuery({
    queryKey: ["repositories", repositoryId, "collections", asked],
    queryFn: () => api.collections(repositoryId, asked),
    refetchInterval: whileMoving((page) => page.collections),
    placeholderData: (before) => before,
  });
}

export function useCollection(repositoryId: string, collectionId: string) {
  const api = useRepositoriesApi();
  return useQuery({
    queryKey: ["repositories", repositoryId, "collection", collectionId],
    queryFn: () => api.collection(repositoryId, collectionId),
  });
}

export function useDocuments(repositoryId: string, collectionId: string, asked: DocumentsAsked) {
  const api = useRepositoriesApi();
  return useQuery({
    queryKey: ["repositories", repositoryId, "documents", collectionId, asked],
    queryFn: () => api.documents(repositoryId, { ...asked, collectionId }),
    refetchInterval: whileMoving((page) => page.documents),
    placeholderData: (before) => before,
  });
}

export function useDocument(repositoryId: string, documentId: string) {
  const api = useRepositoriesApi();
  return useQuery({
    queryKey: ["repositories", repositoryId, "document", documentId],
    queryFn: () => api.document(repositoryId, documentId),
    staleTime: 60_000,
  });
}

/** The passages that answer a question best; nobody is asked while there is no question. */
export function useSearch(
  repositoryId: string,
  collectionId: string | undefined,
  asked: Question | undefined,
) {
  const api = useRepositoriesApi();
  return useQuery({
    queryKey: ["search", repositoryId, collectionId, asked],
    queryFn: () => api.search(repositoryId, collectionId as string, asked as Question),
    enabled: asked !== undefined && collectionId !== undefined,
  });
}

export function useJobs(repositoryId: string, asked: JobsAsked) {
  const api = useRepositoriesApi();
  return useQuery({
    queryKey: ["repositories", repositoryId, "jobs", asked],
    queryFn: () => api.jobs(repositoryId, asked),
    refetchInterval: whileMoving((page) => page.jobs),
    placeholderData: (before) => before,
  });
}

/**
 * The ids of models of one type: to administrators all of them, in service or not, to everybody
 * else those that they may call.
 */
export function useModelIds(modelType: string): string[] {
  const api = useRepositoriesApi();
  const { admin } = useCaller();
  const served = useServedModels(modelType).data ?? [];
  const all = useQuery({
    queryKey: ["models", "ids"],
    queryFn: () => api.models(),
    enabled: admin,
  });
  if (!admin) return served;
  const fitting = (all.data?.models ?? []).filter((one) => one.modelType === modelType);
  return fitting.map((one) => one.modelId);
}

/** Return what makes everything of one repository, or of all, be asked anew. */
export function useRefresh(repositoryId?: string): () => Promise<void> {
  const client = useQueryClient();
  return useCallback(
    () =>
      client.invalidateQueries({
        queryKey: repositoryId ? ["repositories", repositoryId] : ["repositories"],
      }),
    [client, repositoryId],
  );
}
