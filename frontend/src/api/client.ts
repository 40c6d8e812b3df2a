import createClient, { type Client, type Middleware } from "openapi-fetch";
import { useMemo } from "react";
import { type Session, useSession } from "@/auth/session";
import { errorOf } from "./errors";
import type { paths } from "./schema";

export type Api = Client<paths>;

/** The admin API with the caller's token. An answer that is no success is thrown, as an ApiError. */
export function apiOf(session: Session): Api {
  const client = createClient<paths>({
    baseUrl: session.environment.API_BASE_URL.replace(/\/+$/, ""),
  });
  client.use(bearer(session));
  return client;
}

export function useApi(): Api {
  const session = useSession();
  return useMemo(() => apiOf(session), [session]);
}

/** Return an answer's data; openapi-fetch types it as possibly missing, which a success is not. */
export async function dataOf<Data>(answer: Promise<{ data?: Data }>): Promise<Data> {
  return (await answer).data as Data;
}

function bearer(session: Session): Middleware {
  return {
    onRequest({ request }) {
      request.headers.set("Authorization", `Bearer ${session.token()}`);
      return request;
    },
    async onResponse({ response }) {
      if (!response.ok) throw errorOf(response.status, await response.json().catch(() => null));
      return response;
    },
  };
}
