import { type Api, dataOf } from "@/api/client";
import type { components } from "@/api/schema";
import { nameFrom } from "./core/text";
import { messageOf } from "./stored";
import type { Message, Picture, Setup, StoredSession, Summary } from "./types";

type Schemas = components["schemas"];

export interface SessionsPage {
  sessions: Summary[];
  cursor: string | null;
}

export type Revision = Schemas["RevisionView"];

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
  /** Store a picture, a data URL, beside the messages; one that is named by none is forgotten. */
  attach(sessionId: string, url: string): Promise<Picture>;
  /** Write down how far an answer is; `leaving` outlives the page. */
  update(sessionId: string, message: Message, leaving?: boolean): Promise<Revision>;
  change(sessionId: string, change: SessionChange): Promise<void>;
  remove(sessionId: string): Promise<void>;
  removeAll(): Promise<void>;
}

// What a browser lets a page send that is being left, in bytes, with room for the rest of it.
const MOST_WHEN_LEAVING = 60_000;

const ONE = "/session/{sessionId}";
const at = (sessionId: string) => ({ path: { sessionId } });

export function sessionsOf(api: () => Api): Sessions {
  return {
    list: async (words, cursor) => {
      const query = { pageSize: 50, query: words || undefined, cursor: cursor ?? undefined };
      const page = await dataOf(api().GET("/session", { params: { query } }));
      return { ...page, sessions: page.sessions.map(named) };
    },
    get: async (sessionId) => {
      const { session } = await dataOf(api().GET(ONE, { params: at(sessionId) }));
      // It is what this page wrote there: the service keeps any JSON.
      return { ...named(session), configuration: session.configuration as Partial<Setup> };
    },
    messages: (sessionId) => allMessages(api(), sessionId),
    append: async (sessionId, messages, activeLeaf) => {
      const body = { messages: messages.map(unrevised), activeLeaf };
      const init = { params: at(sessionId), ...sent(body, true) };
      return (await dataOf(api().POST(`${ONE}/messages`, init))).messages;
    },
    attach: async (sessionId, url) => {
      const body = { message: { type: "image_url" as const, image_url: { url } } };
      const init = { params: at(sessionId), body };
      return (await dataOf(api().PUT(`${ONE}/attachImage`, init))).image_url ?? { url };
    },
    update: (sessionId, message, leaving = false) => {
      const params = { path: { sessionId, messageId: message.messageId } };
      const init = { params, ...sent(progress(message), leaving) };
      return dataOf(api().PUT(`${ONE}/messages/{messageId}`, init));
    },
    change: async (sessionId, body) => void (await api().PUT(ONE, { params: at(sessionId), body })),
    remove: async (sessionId) => void (await api().DELETE(ONE, { params: at(sessionId) })),
    removeAll: async () => void (await api().DELETE("/session")),
  };
}

/** One that nobody named is called by its first words. */
function named<Session extends Schemas["SessionSummaryView"]>(session: Session) {
  return { ...session, name: session.name || nameFrom(session.firstHumanMessage ?? "") };
}

async function allMessages(api: Api, sessionId: string): Promise<Message[]> {
  const messages: Message[] = [];
  let cursor: string | undefined;
  do {
    const query = { pageSize: 100, cursor };
    const params = { ...at(sessionId), query };
    const page = await dataOf(api.GET(`${ONE}/messages`, { params }));
    messages.push(...page.messages.map(messageOf));
    cursor = page.cursor ?? undefined;
  } while (cursor);
  return messages;
}

function sent<Body>(body: Body, leaving: boolean): { body: Body; keepalive?: true } {
  const keepalive = leaving && JSON.stringify(body).length <= MOST_WHEN_LEAVING;
  return keepalive ? { body, keepalive } : { body };
}

function unrevised({ revision: _, error, ...message }: Message): Schemas["NewMessage"] {
  return { ...message, error: stored(error) };
}

/** The fields of an answer that change while it comes; the service refuses one without a revision. */
function progress(message: Message): Schemas["UpdateMessage"] {
  const { revision, content, reasoning, citations, usage, timing, status, error } = message;
  return {
    revision: revision as number,
    content,
    reasoning,
    citations,
    usage,
    timing,
    status,
    error: stored(error),
  };
}

function stored(error: Message["error"]): Schemas["MessageFailure"] | undefined {
  return error && { code: error.code, message: error.message };
}
