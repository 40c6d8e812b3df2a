import type { Api } from "@/api/client";
import { nameFrom } from "./core/text";
import type { Message, Setup, StoredSession, Summary } from "./types";

export interface SessionsPage {
  sessions: Summary[];
  cursor: string | null;
}

export interface Revision {
  messageId: string;
  revision: number;
}

export interface SessionChange {
  name?: string;
  activeLeaf?: string;
  configuration?: Partial<Setup>;
  pinned?: boolean;
}

/** The caller's conversations, as the sessions service keeps them. What fails is an ApiError. */
export interface Sessions {
  list(query: string, cursor: string | null): Promise<SessionsPage>;
  get(sessionId: string): Promise<StoredSession>;
  /** All messages of all branches, the oldest first. */
  messages(sessionId: string): Promise<Message[]>;
  /** Add messages; a closing tab does not hold up what is short. */
  append(sessionId: string, messages: readonly Message[], activeLeaf: string): Promise<Revision[]>;
  /** Write down how far an answer is; `leaving` outlives the page. */
  update(sessionId: string, message: Message, leaving?: boolean): Promise<Revision>;
  change(sessionId: string, change: SessionChange): Promise<void>;
  remove(sessionId: string): Promise<void>;
  removeAll(): Promise<void>;
}

interface Call {
  query?: Record<string, string | number | undefined>;
  body?: unknown;
  keepalive?: boolean;
  signal?: AbortSignal;
}

type Method = "get" | "post" | "put" | "delete";
type Untyped = {
  request(method: Method, path: string, init: object): Promise<{ data?: unknown }>;
};

/** Call the admin API where its document does not yet know the route; parts of a path are escaped. */
export async function call<Answer>(
  api: Api,
  method: Method,
  path: readonly string[],
  { query, ...init }: Call = {},
): Promise<Answer> {
  const at = `/${path.map(encodeURIComponent).join("/")}`;
  const untyped = api as unknown as Untyped;
  return (await untyped.request(method, at, { ...init, params: { query } })).data as Answer;
}

// What a browser lets a page send that is being left, in bytes, with room for the rest of it.
const MOST_WHEN_LEAVING = 60_000;

export function sessionsOf(api: () => Api): Sessions {
  const at = (sessionId: string, ...more: string[]) => ["session", sessionId, ...more];
  return {
    list: async (words, cursor) => {
      const query = { pageSize: 50, query: words || undefined, cursor: cursor ?? undefined };
      const page = await call<SessionsPage>(api(), "get", ["session"], { query });
      return { ...page, sessions: page.sessions.map(named) };
    },
    get: async (sessionId) =>
      named((await call<{ session: StoredSession }>(api(), "get", at(sessionId))).session),
    messages: (sessionId) => allMessages(api(), at(sessionId, "messages")),
    append: async (sessionId, messages, activeLeaf) => {
      const body = { messages: messages.map(unrevised), activeLeaf };
      const answer = await call<{ messages: Revision[] }>(
        api(),
        "post",
        at(sessionId, "messages"),
        sent(body, true),
      );
      return answer.messages;
    },
    update: (sessionId, message, leaving = false) =>
      call(
        api(),
        "put",
        at(sessionId, "messages", message.messageId),
        sent(progress(message), leaving),
      ),
    change: (sessionId, change) => call(api(), "put", at(sessionId), { body: change }),
    remove: (sessionId) => call(api(), "delete", at(sessionId)),
    removeAll: () => call(api(), "delete", ["session"]),
  };
}

/** One that nobody named is called by its first words. */
function named<Session extends Summary>(session: Session): Session {
  return { ...session, name: session.name || nameFrom(session.firstHumanMessage ?? "") };
}

async function allMessages(api: Api, path: string[]): Promise<Message[]> {
  const messages: Message[] = [];
  let cursor: string | undefined;
  do {
    const page = await call<{ messages: Message[]; cursor: string | null }>(api, "get", path, {
      query: { pageSize: 100, cursor },
    });
    messages.push(...page.messages);
    cursor = page.cursor ?? undefined;
  } while (cursor);
  return messages;
}

function sent(body: unknown, leaving: boolean): Call {
  const keepalive = leaving && JSON.stringify(body).length <= MOST_WHEN_LEAVING;
  return keepalive ? { body, keepalive } : { body };
}

function unrevised({ revision: _, error, ...message }: Message): object {
  return { ...message, error: stored(error) };
}

/** The fields of an answer that change while it comes. */
function progress(message: Message): object {
  const { revision, content, reasoning, citations, usage, timing, status, error } = message;
  return { revision, content, reasoning, citations, usage, timing, status, error: stored(error) };
}

function stored(error: Message["error"]): Message["error"] {
  return error && { code: error.code, message: error.message };
}
