import { afterEach, vi } from "vitest";

/** What was asked, as a server sees it. */
export interface Seen {
  /** Method and path, without the query: `GET /v1/usage`. */
  route: string;
  query: Record<string, string>;
  body: unknown;
}

/** JSON that is answered with 200, or a Response, or how to make either from a request, perhaps later. */
export type Answer = object | ((seen: Seen) => object);

afterEach(() => vi.unstubAllGlobals());

/**
 * Stand in for the network: answers by route (`"GET /v1/usage"`), and 404 to everything else.
 * Returns what was asked, in its order.
 */
export function network(answers: Record<string, Answer>): Seen[] {
  const asked: Seen[] = [];
  vi.stubGlobal("fetch", async (input: RequestInfo | URL, init?: RequestInit) => {
    const request = new Request(input, init);
    const { pathname, searchParams } = new URL(request.url);
    const text = await request.text();
    const seen = {
      route: `${request.method} ${pathname}`,
      query: Object.fromEntries(searchParams),
      body: text ? JSON.parse(text) : undefined,
    };
    asked.push(seen);
    const answer = answers[seen.route] ?? refusal(404, "NotFoundError", `No ${seen.route}.`);
    const found = await (typeof answer === "function" ? answer(seen) : answer);
    return found instanceof Response ? found.clone() : Response.json(found);
  });
  return asked;
}

/** An answer in the one shape of errors. */
export function refusal(status: number, error: string, message: string): Response {
  return Response.json({ error, message }, { status });
}
