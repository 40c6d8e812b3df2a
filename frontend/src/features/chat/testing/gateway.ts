import type { ChatRequest } from "../core/request";
import type { Gateway } from "../stream/answer";

/** A gateway that answers what a test tells it to, piece by piece. */
export class FakeGateway implements Gateway {
  readonly url = "https://serve.example/v2/serve";
  readonly asked: ChatRequest[] = [];
  aborted = false;
  /** Whether the reader hung up before the end. */
  cancelled = false;
  /** What a request that does not ask for a stream is answered with. */
  whole: unknown = null;
  private stream: ReadableStreamDefaultController<Uint8Array> | null = null;
  private refusal: Response | null = null;
  private readonly encoder = new TextEncoder();

  readonly token = () => "token";

  readonly fetch = (async (_: unknown, init: RequestInit) => {
    const asked: ChatRequest = JSON.parse(String(init.body));
    this.asked.push(asked);
    if (this.whole && !asked.stream) return Response.json(this.whole);
    if (this.refusal) return this.refusal;
    const body = new ReadableStream<Uint8Array>({
      cancel: () => {
        this.cancelled = true;
      },
      start: (stream) => {
        this.stream = stream;
        init.signal?.addEventListener("abort", () => {
          this.aborted = true;
          stream.error(new DOMException("aborted", "AbortError"));
        });
      },
    });
    return new Response(body, { headers: { "content-type": "text/event-stream" } });
  }) as typeof fetch;

  refuse(status: number, body: unknown, headers: Record<string, string> = {}): void {
    this.refusal = new Response(JSON.stringify(body), { status, headers });
  }

  /** Bytes of the stream, wherever they break. */
  send(text: string): void {
    this.stream?.enqueue(this.encoder.encode(text));
  }

  chunk(chunk: unknown): void {
    this.send(`data: ${JSON.stringify(chunk)}\n\n`);
  }

  says(content: string, finishReason: string | null = null): void {
    this.chunk({ choices: [{ index: 0, delta: { content }, finish_reason: finishReason }] });
  }

  done(): void {
    this.send("data: [DONE]\n\n");
    this.stream?.close();
  }

  lose(): void {
    this.stream?.error(new TypeError("network error"));
  }

  close(): void {
    this.stream?.close();
  }
}

/** Let what has been begun go on. */
export function soon(milliseconds = 5): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
