import { createParser } from "eventsource-parser";
import type { ChatRequest } from "../core/request";
import { type Delta, deltaOf } from "./chunk";
import { AnswerFailed, brokenOff, refused } from "./failure";

const LONGEST_END_MS = 5_000;

export interface Gateway {
  /** Such as `https://…/v2/serve`. */
  url: string;
  token: () => string;
  fetch?: typeof fetch;
}

/**
 * Ask the gateway, and call `hear` with all that an answer says as it comes.
 *
 * Ends with the answer. Throws AnswerFailed, what `fetch` throws if the connection is lost, and an
 * AbortError when the signal aborts, which closes the request: the model stops, too.
 */
export async function answer(
  gateway: Gateway,
  request: ChatRequest,
  hear: (delta: Delta) => void,
  signal: AbortSignal,
): Promise<void> {
  const { fetch: ask = fetch } = gateway;
  const response = await ask(`${gateway.url}/chat/completions`, {
    method: "POST",
    headers: {
      Authorization: `Bearer ${gateway.token()}`,
      "Content-Type": "application/json",
      Accept: "text/event-stream, application/json",
    },
    body: JSON.stringify(request),
    signal,
  });
  if (!response.ok) {
    const body = await response.json().catch(() => null);
    if (request.stream && body?.error?.param === "stream") {
      return answer(gateway, unstreamed(request), hear, signal);
    }
    throw refused(response.status, body, response.headers.get("retry-after"));
  }
  if (response.headers.get("content-type")?.includes("json")) {
    hear(deltaOf(await response.json()));
  } else {
    await follow(response, hear);
  }
}

/** The same for a model that answers at once. */
function unstreamed(request: ChatRequest): ChatRequest {
  const { stream: _, stream_options: __, ...rest } = request;
  return rest as ChatRequest;
}

async function follow(response: Response, hear: (delta: Delta) => void): Promise<void> {
  const events = new Events(hear);
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  for (;;) {
    const part = await reader?.read();
    if (!part || part.done) break;
    events.feed(decoder.decode(part.value, { stream: true }));
    if (events.ended) break;
  }
  if (!events.complete) {
    throw new AnswerFailed({
      code: "broken_off",
      message: "The answer ended before it was complete. What came is kept; go on, or try again.",
    });
  }
  if (reader) void hungUp(reader);
}

/** Hang up when the other end does, which is at once: before, it would look as if nobody had heard all. */
async function hungUp(reader: ReadableStreamDefaultReader<unknown>): Promise<void> {
  const cancel = () => reader.cancel().catch(() => undefined);
  const timer = setTimeout(cancel, LONGEST_END_MS);
  try {
    while (!(await reader.read()).done);
  } catch {
    // All was heard.
  } finally {
    clearTimeout(timer);
  }
}

/** A stream's events; it has ended by `[DONE]`, or by a chunk that says why it is the last. */
class Events {
  private done = false;
  private finished = false;
  private readonly parser;

  constructor(private readonly hear: (delta: Delta) => void) {
    this.parser = createParser({ onEvent: (event) => this.read(event.data) });
  }

  get ended(): boolean {
    return this.done;
  }

  get complete(): boolean {
    return this.done || this.finished;
  }

  feed(text: string): void {
    this.parser.feed(text);
  }

  private read(data: string): void {
    if (this.done) return;
    if (data === "[DONE]") {
      this.done = true;
      return;
    }
    const chunk = parsed(data);
    if (chunk.error) throw brokenOff(chunk.error);
    const delta = deltaOf(chunk);
    this.finished ||= delta.finishReason !== undefined;
    this.hear(delta);
  }
}

function parsed(data: string): { error?: unknown } {
  try {
    return (JSON.parse(data) ?? {}) as { error?: unknown };
  } catch {
    throw brokenOff("The gateway sent something that is no answer. Try again.");
  }
}
