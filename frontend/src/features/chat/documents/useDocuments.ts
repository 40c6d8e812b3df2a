import { useQuery } from "@tanstack/react-query";
import { dataOf, useApi } from "@/api/client";
import type { Passage } from "@/features/repositories/types";
import type { Citation } from "../types";

/** A passage that was found, as far as a citation is told by it. */
interface Found {
  Document: Pick<Passage, "page_content"> & {
    metadata: Pick<Passage["metadata"], "documentId" | "pages" | "headings">;
  };
}

export function useRepositories() {
  const api = useApi();
  return useQuery({
    queryKey: ["repositories", "for-chat"],
    queryFn: ({ signal }) => dataOf(api.GET("/repository", { signal })),
    staleTime: 60_000,
  });
}

export function useCollections(repositoryId: string | undefined) {
  const api = useApi();
  return useQuery({
    queryKey: ["collections", "for-chat", repositoryId],
    enabled: repositoryId !== undefined,
    queryFn: async ({ signal }) => {
      const params = { path: { repositoryId: repositoryId ?? "" }, query: { pageSize: 100 } };
      const page = api.GET("/repository/{repositoryId}/collection", { params, signal });
      return (await dataOf(page)).collections;
    },
    staleTime: 60_000,
  });
}

/** A passage's words, found again by what was asked; null where they are not found. */
export function usePassage(citation: Citation, question: string, collection?: string) {
  const api = useApi();
  const { repository, document_id, number } = citation;
  return useQuery({
    queryKey: ["passage", repository, document_id, number, question],
    queryFn: async ({ signal }) => {
      const query = { query: question.slice(0, 2_000), topK: 20, collectionId: collection };
      const params = { path: { repositoryId: repository }, query };
      const found = api.GET("/repository/{repositoryId}/similaritySearch", { params, signal });
      return textOf((await dataOf(found)).docs, citation);
    },
    enabled: question !== "",
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
}

/** Return the words of the passage that a citation is of. */
export function textOf(docs: readonly Found[], citation: Citation): string | null {
  const all = docs.map((doc) => doc.Document);
  const ofDocument = all.filter((one) => one.metadata.documentId === citation.document_id);
  const same = ofDocument.find(
    ({ metadata }) =>
      equal(metadata.pages, citation.pages) && equal(metadata.headings, citation.headings),
  );
  return same?.page_content ?? null;
}

// The address is good for five minutes.
const GOOD_MS = 4 * 60_000;

/** Where a cited document can be fetched from. */
export function useAddress(citation: Citation) {
  const api = useApi();
  const { repository, document_id } = citation;
  return useQuery({
    queryKey: ["document", repository, document_id, "address"],
    queryFn: ({ signal }) => {
      const params = { path: { repositoryId: repository, documentId: document_id } };
      return dataOf(
        api.GET("/repository/{repositoryId}/{documentId}/download", { params, signal }),
      );
    },
    staleTime: GOOD_MS,
    refetchInterval: GOOD_MS,
  });
}

function equal(one: unknown, other: unknown): boolean {
  return JSON.stringify(one ?? []) === JSON.stringify(other ?? []);
}
