import type { Pricing } from "@/api/served";
import { priced } from "../core/cost";
import type { ChatRequest } from "../core/request";
import { textOf } from "../core/text";
import { answer, type Gateway } from "../stream/answer";
import type { Delta } from "../stream/chunk";
import { failureOf } from "../stream/failure";
import { Frames, type Schedule, withFrames } from "../stream/frames";
import type { Message, MessageFailure } from "../types";

/** What is measured while an answer comes; times in milliseconds. */
interface Said {
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

function heard(said: Said, delta: Delta, now: number): void {
  const speaks = delta.content !== undefined || delta.reasoning !== undefined;
  if (speaks && said.firstTokenMs === 0) said.firstTokenMs = Math.max(1, now - said.began);
  said.finishReason = delta.finishReason ?? said.finishReason;
}

function ended(said: Said, now: number): Partial<Message> {
  return {
    status: "complete",
    error: CUT[said.finishReason ?? ""],
    timing: {
      firstTokenMs: Math.round(said.firstTokenMs),
      totalMs: Math.round(now - said.began),
    },
  };
}

/** Return an answer's fields with what has come since, its cost among them where that is known. */
export function grown(
  message: Message,
  delta: Delta,
  pricing: Pricing | undefined,
): Partial<Message> {
  const { reasoning, citations, usage } = delta;
  return {
    content: textOf(message) + (delta.content ?? ""),
    ...(reasoning ? { reasoning: (message.reasoning ?? "") + reasoning } : {}),
    ...(citations ? { citations: [...(message.citations ?? []), ...citations] } : {}),
    ...(usage ? { usage: priced(usage, pricing) } : {}),
  };
}

interface Asked {
  gateway: Gateway;
  schedule?: Schedule;
}

/**
 * Ask for an answer, and show what comes of it once a frame.
 *
 * Returns the fields that its end gives it, whichever end that is: nothing is thrown.
 */
export async function received(
  { gateway, schedule = withFrames }: Asked,
  request: () => Promise<ChatRequest>,
  show: (delta: Delta) => void,
  signal: AbortSignal,
): Promise<Partial<Message>> {
  const said: Said = { began: performance.now(), firstTokenMs: 0, finishReason: undefined };
  const frames = new Frames(show, schedule);
  const hear = (delta: Delta) => {
    heard(said, delta, performance.now());
    frames.push(delta);
  };
  let end: Partial<Message> = {};
  try {
    const asked = await request();
    said.began = performance.now();
    await answer(gateway, asked, hear, signal);
  } catch (thrown) {
    end = signal.aborted
      ? { status: "stopped", error: undefined }
      : { status: "failed", error: failureOf(thrown) };
  }
  frames.flush();
  return { ...ended(said, performance.now()), ...end };
}
