import { useMemo } from "react";
import { dataOf, useApi } from "@/api/client";
import { useChanging, useParts } from "@/app/lists";
import type { TokenChange, TokenWish } from "./types";

const KEY = "tokens";

/** The tokens of a user; null: of everybody, to somebody who is no administrator their own. */
export function useTokens(username: string | null) {
  const api = useApi();
  return useParts([KEY, username], async (nextToken) => {
    const query = { username: username ?? undefined, limit: 100, nextToken };
    const page = await dataOf(api.GET("/api-tokens", { params: { query } }));
    return { items: page.tokens, next: page.nextToken };
  });
}

/** What can be done to tokens; afterwards every list is asked for again. */
export function useTokenActions() {
  const api = useApi();
  const changed = useChanging(KEY);
  return useMemo(() => {
    const one = "/api-tokens/{subject}";
    const at = (subject: string) => ({ path: { subject } });
    return {
      /** Make a token for the caller, or, for an administrator, for a user. */
      create: (body: TokenWish, username?: string) =>
        changed(
          username === undefined
            ? dataOf(api.POST("/api-tokens", { body }))
            : dataOf(api.POST(one, { params: at(username), body })),
        ),
      change: (tokenUUID: string, body: TokenChange) =>
        changed(dataOf(api.PUT(one, { params: at(tokenUUID), body }))),
      revoke: (tokenUUID: string) => changed(dataOf(api.DELETE(one, { params: at(tokenUUID) }))),
    };
  }, [api, changed]);
}
