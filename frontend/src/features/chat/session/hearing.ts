import type { Delta } from "../stream/chunk";
import type { Message, MessageFailure } from "../types";

/** What is measured while an answer comes; times in milliseconds. */
export interface Said {
  began: number;
  firstTokenMs: number;
  finishReason: string | undefined;
}

/** Why answers end that are complete for the protocol, and not for people. */
const CUT: Record<string, MessageFailure> = {
  length: {
    code: "length",
    message: "The answer reached the most tokens that it may have. Go on, or allow more.",
  },
  content_filter: {
    code: "content_filter",
    message: "The provider's filter ended this answer. Say it in other words.",
  },
};

export function heard(said: Said, delta: Delta, now: number): void {
  const speaks = delta.content !== undefined || delta.reasoning !== undefined;
  if (speaks && said.firstTokenMs === 0) said.firstTokenMs = Math.max(1, now - said.began);
  said.finishReason = delta.finishReason ?? said.finishReason;
}

/** Return the fields of an answer that has come to its end. */
export function ended(said: Said, now: number): Partial<Message> {
  return {
    status: "complete",
    error: CUT[said.finishReason ?? ""],
    timing: {
      firstTokenMs: Math.round(said.firstTokenMs),
      totalMs: Math.round(now - said.began),
    },
  };
}
