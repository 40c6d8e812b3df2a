import { DEFAULTS } from "@/features/configuration/defaults";
import { version } from "@/features/configuration/testing";
import type { Switch } from "@/features/configuration/types";
import type { ChatRequest } from "../core/request";
import type { Setup } from "../types";

type Stored = Record<string, unknown> & { messageId: string };

const AT = "2026-11-30T12:00:00Z";
const CHUNKS = [
  { choices: [{ index: 0, delta: { content: "Yes, " } }] },
  { choices: [{ index: 0, delta: { content: "it is." }, finish_reason: "stop" }] },
  { choices: [], usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 } },
];

/** The admin API and the gateway behind `fetch`, as far as the chat's screen asks them. */
export class FakeServer {
  readonly asked: ChatRequest[] = [];
  refusal: { status: number; code: string; message: string } | null = null;
  /** What administrators have set. */
  off: Switch[] = [];
  defaultModel = "";
  /** What the gateway lists: those that are in service, and with `state=all` those that are not. */
  models = ["tiny-chat"];
  waiting = [{ id: "big-chat", model_type: "textgen", status: "Stopped" }];
  pricing = { prompt: "0.001", completion: "0.01" };
  /** The setup of every stored conversation. */
  setup: Partial<Setup> = {};
  private readonly sessions = new Map<string, Map<string, Stored>>();
  private readonly real = globalThis.fetch;

  install(): void {
    globalThis.fetch = async (input, init) => this.answer(new Request(input, init));
  }

  remove(): void {
    globalThis.fetch = this.real;
  }

  store(sessionId: string, messages: Stored[]): void {
    const all = messages.map((one) => [one.messageId, { createdAt: AT, ...one, revision: 1 }]);
    this.sessions.set(sessionId, new Map(all as [string, Stored][]));
  }

  texts(): unknown[] {
    return [...this.sessions.values()].flatMap((all) => [...all.values()]).map((m) => m.content);
  }

  /** What the stored answers cost. */
  spent(): unknown[] {
    const usages = [...this.sessions.values()].flatMap((all) =>
      [...all.values()].map((message) => message.usage as { cost?: number } | undefined),
    );
    return usages.flatMap((usage) => usage?.cost ?? []);
  }

  private async answer(request: Request): Promise<Response> {
    const { pathname: path, searchParams: query } = new URL(request.url);
    const body = request.method === "GET" ? null : await request.json().catch(() => null);
    if (path.endsWith("/chat/completions")) return this.chat(body as ChatRequest);
    if (path === "/v1/configuration") return json([this.configuration()]);
    if (path === "/v2/serve/models") return json(this.listed(query.get("state") === "all"));
    if (path === "/v1/session") return json(this.all(request.method));
    const [, , sessionId, messages, messageId] = path.replace("/v1", "").split("/");
    if (sessionId && path.startsWith("/v1/session/")) {
      if (messages === "messages") return this.messages(request.method, sessionId, messageId, body);
      return this.session(sessionId);
    }
    return json(FIXED[path] ?? {});
  }

  private configuration() {
    const off = Object.fromEntries(this.off.map((name) => [name, false]));
    const enabledComponents = { ...DEFAULTS.enabledComponents, ...off };
    return version(1, { enabledComponents, global: { defaultModel: this.defaultModel } });
  }

  private listed(everything: boolean) {
    const { pricing, waiting } = this;
    const data = this.models.map((id) => ({ id, status: "InService", pricing }));
    return { data: everything ? [...data, ...waiting] : data };
  }

  private all(method: string): object {
    if (method === "DELETE") this.sessions.clear();
    const sessions = [...this.sessions.keys()].map((id) => this.summary(id));
    return { sessions, cursor: null };
  }

  private chat(asked: ChatRequest): Response {
    this.asked.push(asked);
    const { refusal } = this;
    if (refusal) {
      const { code, message } = refusal;
      return json({ error: { code, message } }, refusal.status);
    }
    const events = [...CHUNKS.map((chunk) => JSON.stringify(chunk)), "[DONE]"];
    const headers = { "content-type": "text/event-stream" };
    return new Response(events.map((data) => `data: ${data}\n\n`).join(""), { headers });
  }

  private session(sessionId: string): Response {
    const all = this.sessions.get(sessionId);
    if (!all) return json({ error: "SessionNotFoundError", message: "No such session." }, 404);
    const activeLeaf = [...all.keys()].at(-1);
    return json({ session: { ...this.summary(sessionId), activeLeaf } });
  }

  private summary(sessionId: string) {
    return { sessionId, name: `Chat ${sessionId}`, lastUpdated: AT, configuration: this.setup };
  }

  private messages(method: string, sessionId: string, messageId = "", body: unknown): Response {
    const all = this.sessions.get(sessionId) ?? new Map<string, Stored>();
    this.sessions.set(sessionId, all);
    if (method === "GET") return json({ messages: [...all.values()], cursor: null });
    if (method === "PUT") {
      const revision = Number(all.get(messageId)?.revision) + 1;
      all.set(messageId, { ...all.get(messageId), ...(body as Stored), messageId, revision });
      return json({ messageId, revision });
    }
    const { messages } = body as { messages: Stored[] };
    for (const one of messages) all.set(one.messageId, { ...one, revision: 1 });
    return json({ messages: messages.map((one) => ({ messageId: one.messageId, revision: 1 })) });
  }
}

const FIXED: Record<string, unknown> = {
  "/v1/repository": [],
  "/v1/repository/handbook/collection": { collections: [] },
  "/v1/prompt-templates": {
    Items: [{ id: "t1", title: "Five points", body: "In five points: ", type: "directive" }],
  },
};

function json(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/json" },
  });
}
