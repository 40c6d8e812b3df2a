import { ApiError } from "@/api/errors";
import type { Revision, SessionChange, Sessions, SessionsPage } from "../api";
import type { Message, Picture, StoredSession } from "../types";

/** The sessions service in memory, with its rules about who may write what. */
export class FakeSessions implements Sessions {
  readonly stored = new Map<string, Message>();
  readonly changes: SessionChange[] = [];
  readonly calls: string[] = [];
  /** Those that lie beside messages, as p1, p2, ... */
  readonly pictures: string[] = [];
  /** Thrown by the next calls, one each. */
  readonly failures: unknown[] = [];
  activeLeaf: string | null = null;
  removed = false;

  async list(): Promise<SessionsPage> {
    this.call("list");
    return { sessions: this.stored.size > 0 ? [this.summary()] : [], cursor: null };
  }

  async get(): Promise<StoredSession> {
    this.call("get");
    if (this.stored.size === 0) throw new ApiError(404, "SessionNotFoundError", "No such session.");
    return this.summary();
  }

  async messages(): Promise<Message[]> {
    this.call("messages");
    return [...this.stored.values()];
  }

  async append(_: string, messages: readonly Message[], leaf: string): Promise<Revision[]> {
    this.call("append");
    for (const message of messages) {
      const known = this.stored.get(message.messageId);
      if (!known) this.stored.set(message.messageId, { ...message, revision: 1 });
    }
    this.activeLeaf = leaf;
    return messages.map(({ messageId }) => ({ messageId, revision: this.revision(messageId) }));
  }

  async attach(_: string, url: string): Promise<Picture> {
    this.call("attach");
    this.pictures.push(url);
    const picture = `p${this.pictures.length}`;
    return { url: `https://bucket.example/${picture}?signed`, picture };
  }

  async update(_: string, message: Message): Promise<Revision> {
    this.call("update");
    const known = this.stored.get(message.messageId);
    if (known?.status !== "streaming" || known.revision !== message.revision) {
      throw new ApiError(409, "ConflictError", "It was changed meanwhile.");
    }
    const revision = this.revision(message.messageId) + 1;
    this.stored.set(message.messageId, { ...known, ...message, revision });
    return { messageId: message.messageId, revision };
  }

  async change(_: string, change: SessionChange): Promise<void> {
    this.call("change");
    this.changes.push(change);
  }

  async remove(): Promise<void> {
    this.call("remove");
    this.removed = true;
  }

  async removeAll(): Promise<void> {
    await this.remove();
  }

  texts(): unknown[] {
    return [...this.stored.values()].map((message) => message.content);
  }

  private call(name: string): void {
    this.calls.push(name);
    const failure = this.failures.shift();
    if (failure) throw failure;
  }

  private revision(messageId: string): number {
    return this.stored.get(messageId)?.revision ?? 0;
  }

  private summary(): StoredSession {
    const at = `2026-11-30T12:00:${String(this.calls.length % 60).padStart(2, "0")}Z`;
    return {
      sessionId: "session-1",
      name: "Leave",
      firstHumanMessage: "How many days?",
      startTime: at,
      createTime: at,
      lastUpdated: at,
      messageCount: this.stored.size,
      totalTokensUsed: 0,
      pinned: false,
      configuration: {},
      activeLeaf: this.activeLeaf,
    };
  }
}
