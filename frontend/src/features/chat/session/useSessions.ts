import {
  type InfiniteData,
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import type { SessionChange, SessionsPage } from "../api";
import { useRegistry } from "./registry";

const KEY = "sessions";

/** The caller's conversations, page by page; with words, those that have them. */
export function useSessionList(query: string) {
  const { sessions } = useRegistry();
  return useInfiniteQuery({
    queryKey: [KEY, query],
    queryFn: ({ pageParam }) => sessions.list(query, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.cursor,
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: true,
  });
}

/** Ask for the list again: something was said. */
export function useListChanged(): () => void {
  const queries = useQueryClient();
  return () => void queries.invalidateQueries({ queryKey: [KEY] });
}

/** Ask for the list again after a change of it: what is on its way may be from before that. */
function useListOutdated(): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    // A first answer that is on its way would be waited for, and not asked for again.
    await queries.cancelQueries({ queryKey: [KEY] });
    await queries.invalidateQueries({ queryKey: [KEY] });
  };
}

/** To change and to remove one; whoever asks tells what failed. */
export function useSessionActions() {
  const registry = useRegistry();
  const queries = useQueryClient();
  const outdated = useListOutdated();
  const change = useMutation({
    mutationFn: ({ sessionId, ...fields }: SessionChange & { sessionId: string }) =>
      registry.sessions.change(sessionId, fields),
    onMutate: ({ sessionId, ...fields }) => {
      queries.setQueriesData<InfiniteData<SessionsPage>>({ queryKey: [KEY] }, (data) =>
        data ? withChange(data, sessionId, fields) : data,
      );
      if (fields.name) registry.of(sessionId).rename(fields.name);
    },
    onSettled: () => void outdated(),
  });
  const remove = useMutation({
    mutationFn: (sessionId: string) => registry.sessions.remove(sessionId),
    onSuccess: (_, sessionId) => registry.drop(sessionId),
    onSettled: () => void outdated(),
  });
  return { change, remove };
}

/** Delete all conversations, also those that are not listed. Throws an ApiError. */
export function useRemoveAll(): () => Promise<void> {
  const registry = useRegistry();
  const outdated = useListOutdated();
  return async () => {
    await registry.sessions.removeAll();
    registry.dropAll();
    void outdated();
  };
}

function withChange(
  data: InfiniteData<SessionsPage>,
  sessionId: string,
  { name, pinned }: SessionChange,
): InfiniteData<SessionsPage> {
  const fields = { ...(name ? { name } : {}), ...(pinned === undefined ? {} : { pinned }) };
  const pages = data.pages.map((page) => ({
    ...page,
    sessions: page.sessions.map((one) =>
      one.sessionId === sessionId ? { ...one, ...fields } : one,
    ),
  }));
  return { ...data, pages };
}
