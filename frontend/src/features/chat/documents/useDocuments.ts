import { useQuery } from "@tanstack/react-query";
import { useApi } from "@/api/client";
import { call } from "../api";
import type { Citation } from "../types";

export interface Repository {
  repositoryId: string;
  repositoryName?: string;
  status: string;
}

export interface Collection {
  collectionId: string;
  name: string;
  default?: boolean;
}

interface Passage {
  Document?: Passage;
  page_content?: string;
  metadata?: { documentId?: string; pages?: number[] | null; headings?: string[] };
}

export function useRepositories() {
  const api = useApi();
  return useQuery({
    queryKey: ["repositories", "for-chat"],
    queryFn: ({ signal }) => call<Repository[]>(api, "get", ["repository"], { signal }),
    staleTime: 60_000,
  });
}

export function useCollections(repositoryId: string | undefined) {
  const api = useApi();
  return useQuery({
    queryKey: ["collections", "for-chat", repositoryId],
    enabled: repositoryId !== undefined,
    queryFn: async ({ signal }) => {
      const path = ["repository", repositoryId ?? "", "collection"];
      const query = { pageSize: 100 };
      return (await call<{ collections: Collection[] }>(api, "get", path, { query, signal }))
        .collections;
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
      const path = ["repository", repository, "similaritySearch"];
      const query = { query: question.slice(0, 2_000), topK: 20, collectionId: collection };
      const found = await call<{ docs: Passage[] }>(api, "get", path, { query, signal });
      return textOf(found.docs, citation);
    },
    enabled: question !== "",
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
}

/** Return the words of the passage that a citation is of. */
export function textOf(docs: readonly Passage[], citation: Citation): string | null {
  const all = docs.map((doc) => doc.Document ?? doc);
  const ofDocument = all.filter((one) => one.metadata?.documentId === citation.document_id);
  const same = ofDocument.find(
    ({ metadata }) =>
      equal(metadata?.pages, citation.pages) && equal(metadata?.headings, citation.headings),
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
    queryFn: ({ signal }) =>
      call<{ url: string }>(api, "get", ["repository", repository, document_id, "download"], {
        signal,
      }),
    staleTime: GOOD_MS,
    refetchInterval: GOOD_MS,
  });
}

function equal(one: unknown, other: unknown): boolean {
  return JSON.stringify(one ?? []) === JSON.stringify(other ?? []);
}
