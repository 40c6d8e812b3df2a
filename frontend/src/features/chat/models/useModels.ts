import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { dataOf, useApi } from "@/api/client";
import { errorOf } from "@/api/errors";
import { type Session, useSession } from "@/auth/session";
import { serveUrl } from "@/environment";
import { choices, type ListedModel, type ModelChoice } from "./choices";

const EVERY_MS = 15_000;

export interface Models {
  all: ModelChoice[];
  loading: boolean;
  error: unknown;
  again: () => void;
}

/** The models that may be chosen now; administrators see those that are not in service, too. */
export function useModels(): Models {
  const session = useSession();
  const api = useApi();
  const listed = useQuery({
    queryKey: ["serve", "models"],
    queryFn: ({ signal }) => list(session, signal),
    refetchInterval: EVERY_MS,
  });
  const administered = useQuery({
    queryKey: ["models", "for-chat"],
    queryFn: ({ signal }) => dataOf(api.GET("/models", { signal })),
    enabled: session.caller.admin,
    refetchInterval: EVERY_MS,
  });
  const all = useMemo(
    () => choices(listed.data ?? [], administered.data?.models),
    [listed.data, administered.data],
  );
  const loading = listed.isPending || (session.caller.admin && administered.isPending);
  return { all, loading, error: listed.error, again: () => void listed.refetch() };
}

async function list(session: Session, signal: AbortSignal): Promise<ListedModel[]> {
  const response = await fetch(`${serveUrl(session.environment)}/models`, {
    headers: { Authorization: `Bearer ${session.token()}` },
    signal,
  });
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) throw errorOf(response.status, body);
  const { data } = (body ?? {}) as { data?: unknown };
  return Array.isArray(data) ? (data as ListedModel[]) : [];
}
