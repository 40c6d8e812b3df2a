import { type InfiniteData, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { ask } from "@/api/calls";
import { useApi } from "@/api/client";
import type { Listed } from "@/app/ResourceTable";
import type { ApiToken, NewToken, TokenChange, TokenPage, TokenWish } from "./types";

const KEY = "tokens";

/** The tokens of a user; null: of everybody, which only administrators may ask for. */
export function useTokens(username: string | null): Listed<ApiToken> {
  const api = useApi();
  const query = useInfiniteQuery({
    queryKey: [KEY, username],
    queryFn: ({ pageParam }) => {
      const page = { username: username ?? undefined, limit: 100, nextToken: pageParam };
      return ask<TokenPage>(api, "get", "/api-tokens", { query: page });
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextToken ?? undefined,
  });
  const items = useMemo(() => tokensOf(query.data), [query.data]);
  return {
    items,
    isPending: query.isPending,
    error: query.error,
    refetch: query.refetch,
    more: query.hasNextPage ? query.fetchNextPage : undefined,
    loadingMore: query.isFetchingNextPage,
  };
}

function tokensOf(data: InfiniteData<TokenPage> | undefined): ApiToken[] {
  return data?.pages.flatMap((page) => page.tokens) ?? [];
}

/** What can be done to tokens; afterwards every list is asked for again. */
export function useTokenActions() {
  const api = useApi();
  const queries = useQueryClient();
  return useMemo(() => {
    const changed = async <T>(answer: Promise<T>) => {
      const done = await answer;
      await queries.invalidateQueries({ queryKey: [KEY] });
      return done;
    };
    const one = "/api-tokens/{tokenUUID}";
    return {
      /** Make a token for the caller, or, for an administrator, for a user. */
      create: (body: TokenWish, username?: string) =>
        changed(
          username === undefined
            ? ask<NewToken>(api, "post", "/api-tokens", { body })
            : ask<NewToken>(api, "post", "/api-tokens/{username}", { path: { username }, body }),
        ),
      change: (tokenUUID: string, body: TokenChange) =>
        changed(ask<ApiToken>(api, "put", one, { path: { tokenUUID }, body })),
      revoke: (tokenUUID: string) =>
        changed(ask<unknown>(api, "delete", one, { path: { tokenUUID } })),
    };
  }, [api, queries]);
}
