import { afterEach, vi } from "vitest";

export interface Asked {
  /** `GET /repository`, without the stage and the query. */
  route: string;
  query: Record<string, string>;
  body: unknown;
}

type Answer = unknown | ((asked: Asked) => unknown);

/** Answers with a status that is no 200. */
export class Refusal {
  constructor(
    readonly status: number,
    readonly body: unknown,
  ) {}
}

afterEach(() => {
  vi.unstubAllGlobals();
});

/**
 * Answer the admin API's routes, such as `GET /repository`, for one test; others are 404.
 *
 * @returns what was asked, in its order.
 */
export function answering(routes: Record<string, Answer>): Asked[] {
  const log: Asked[] = [];
  vi.stubGlobal("fetch", async (input: RequestInfo | URL, init?: RequestInit) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    const text = await request.text();
    const asked: Asked = {
      route: `${request.method} ${url.pathname.replace(/^\/v1/, "")}`,
      query: Object.fromEntries(url.searchParams),
      body: text ? JSON.parse(text) : undefined,
    };
    log.push(asked);
    const given = routes[asked.route] ?? new Refusal(404, MISSING);
    const answer = typeof given === "function" ? given(asked) : given;
    if (answer instanceof Refusal) return Response.json(answer.body, { status: answer.status });
    return Response.json(answer);
  });
  return log;
}

const MISSING = { error: "NotFoundError", message: "There is no such thing." };
