import type { Message } from "../types";

/** Messages that have not yet arrived at the service. */
export interface Unsent {
  waiting(sessionId: string): Message[];
  put(sessionId: string, messages: readonly Message[]): void;
  drop(sessionId: string, messages: readonly Message[]): void;
}

/** They outlive a reload of the tab. */
export class Outbox implements Unsent {
  constructor(private readonly storage: Pick<Storage, "getItem" | "setItem" | "removeItem">) {}

  waiting(sessionId: string): Message[] {
    try {
      const read: unknown = JSON.parse(this.storage.getItem(key(sessionId)) ?? "[]");
      return Array.isArray(read) ? (read as Message[]) : [];
    } catch {
      return [];
    }
  }

  put(sessionId: string, messages: readonly Message[]): void {
    const ids = new Set(messages.map((message) => message.messageId));
    const others = this.waiting(sessionId).filter((message) => !ids.has(message.messageId));
    this.write(sessionId, [...others, ...messages]);
  }

  drop(sessionId: string, messages: readonly Message[]): void {
    const ids = new Set(messages.map((message) => message.messageId));
    const rest = this.waiting(sessionId).filter((message) => !ids.has(message.messageId));
    this.write(sessionId, rest);
  }

  private write(sessionId: string, messages: Message[]): void {
    try {
      if (messages.length > 0) this.storage.setItem(key(sessionId), JSON.stringify(messages));
      else this.storage.removeItem(key(sessionId));
    } catch {
      // A full storage takes pictures no more; they are still being sent.
    }
  }
}

function key(sessionId: string): string {
  return `lisa.outbox.${sessionId}`;
}

/** Return those that have not arrived; others are dropped, whose arrival nobody could tell of. */
export function unarrived(
  outbox: Unsent,
  sessionId: string,
  known: Readonly<Record<string, Message>>,
): Message[] {
  const arrived = (one: Message) => known[one.messageId]?.revision !== undefined;
  const waiting = outbox.waiting(sessionId);
  outbox.drop(sessionId, waiting.filter(arrived));
  return waiting.filter((one) => !arrived(one));
}
