import { type QueryKey, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import type { Listed } from "./ResourceTable";

/** One page of a list, and the mark of the next one, if there is one. */
export interface Part<Item> {
  items: Item[];
  next: string | null;
}

/** A list that the server gives in pages: the first one, and more when they are wanted. */
export function useParts<Item>(
  queryKey: QueryKey,
  read: (after: string | undefined) => Promise<Part<Item>>,
): Listed<Item> {
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => read(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (part) => part.next ?? undefined,
  });
  const items = useMemo(() => query.data?.pages.flatMap((part) => part.items) ?? [], [query.data]);
  return {
    items,
    isPending: query.isPending,
    error: query.error,
    refetch: query.refetch,
    more: query.hasNextPage ? query.fetchNextPage : undefined,
    loadingMore: query.isFetchingNextPage,
  };
}

/** Returns what waits for a change, and then for every list below a key to be asked for again. */
export function useChanging(key: string) {
  const queries = useQueryClient();
  return useCallback(
    async <T>(change: Promise<T>): Promise<T> => {
      const done = await change;
      await queries.invalidateQueries({ queryKey: [key] });
      return done;
    },
    [queries, key],
  );
}
