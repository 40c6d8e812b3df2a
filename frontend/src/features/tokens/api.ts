import { useMemo } from "react";
import { ask } from "@/api/calls";
import { useApi } from "@/api/client";
import { useChanging, useParts } from "@/app/lists";
import type { ApiToken, NewToken, TokenChange, TokenPage, TokenWish } from "./types";

const KEY = "tokens";

/** The tokens of a user; null: of everybody, to somebody who is no administrator their own. */
export function useTokens(username: string | null) {
  const api = useApi();
  return useParts([KEY, username], async (nextToken) => {
    const query = { username: username ?? undefined, limit: 100, nextToken };
    const page = await ask<TokenPage>(api, "get", "/api-tokens", { query });
    return { items: page.tokens, next: page.nextToken };
  });
}

/** What can be done to tokens; afterwards every list is asked for again. */
export function useTokenActions() {
  const api = useApi();
  const changed = useChanging(KEY);
  return useMemo(() => {
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
  }, [api, changed]);
}
