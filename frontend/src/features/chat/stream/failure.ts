import { ApiError } from "@/api/errors";
import type { MessageFailure } from "../types";

/** Why an answer did not come, or not to its end. */
export class AnswerFailed extends Error {
  constructor(readonly failure: MessageFailure) {
    super(failure.message);
  }
}

const OVERFLOW = /context (length|window|size)|maximum context|too many tokens|exceeds? .*context/i;

/** Return what a refused request says, with what to do about it. */
export function refused(status: number, body: unknown, retryAfter: string | null): AnswerFailed {
  const { code, message } = told(body);
  const wait = waiting(retryAfter);
  const failure = { code: codeFor(status, code, message), message: words(status, message) };
  return new AnswerFailed(wait === undefined ? failure : { ...failure, retryAfter: wait });
}

/** Return what an event within a stream says that ended it. */
export function brokenOff(error: unknown): AnswerFailed {
  const { code, message } = told({ error });
  const text = message || "The answer broke off.";
  return new AnswerFailed({ code: codeFor(502, code, text), message: ended(text) });
}

/** Return the failure that anything which was thrown stands for. */
export function failureOf(thrown: unknown): MessageFailure {
  if (thrown instanceof AnswerFailed) return thrown.failure;
  if (thrown instanceof ApiError) return { code: thrown.name, message: thrown.message };
  return {
    code: "network",
    message:
      "The connection to the gateway was lost. What came until then is kept. " +
      "Check your connection, then try again.",
  };
}

function codeFor(status: number, code: string, message: string): string {
  if (OVERFLOW.test(message)) return "context_overflow";
  if (status === 401) return "signed_out";
  if (status === 429) return "rate_limited";
  if (status === 403) return "not_allowed";
  return code || `status_${status}`;
}

function words(status: number, message: string): string {
  if (OVERFLOW.test(message)) {
    return (
      `This conversation is longer than the model can read. ${ended(message)} ` +
      "Start a new chat, lower the history length in the settings, or remove attachments."
    );
  }
  if (status === 401) return "Your sign-in has ended. Sign in again; what you wrote is kept.";
  if (status === 403) {
    return `${ended(message || "You may not use this.")} Choose another model, or ask your administrator for access.`;
  }
  if (status === 429) {
    return `${ended(message || "Too many requests.")} Wait a moment, then try again.`;
  }
  return ended(message || `The gateway answered ${status}. Try again.`);
}

/** What OpenAI's error bodies, those of our API and those of FastAPI say. */
function told(body: unknown): { code: string; message: string } {
  const outer = (body ?? {}) as { error?: unknown; message?: unknown; detail?: unknown };
  const inner = (typeof outer.error === "object" ? (outer.error ?? {}) : outer) as {
    code?: unknown;
    message?: unknown;
  };
  const message = [inner.message, outer.message, outer.detail, outer.error].find(
    (text): text is string => typeof text === "string" && text !== "",
  );
  const code = typeof outer.error === "string" && outer.message ? outer.error : inner.code;
  return { code: typeof code === "string" ? code : "", message: (message ?? "").slice(0, 2_000) };
}

/** `Retry-After` is seconds, or a date. */
function waiting(header: string | null): number | undefined {
  if (!header) return undefined;
  const until = Number.isNaN(Number(header))
    ? (Date.parse(header) - Date.now()) / 1_000
    : Number(header);
  return Number.isFinite(until) ? Math.min(3_600, Math.max(0, Math.ceil(until))) : undefined;
}

function ended(text: string): string {
  return /[.!?…]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`;
}
