import type { Api } from "./client";

type Method = "get" | "post" | "put" | "delete";

interface Asked {
  /** Values of the path's `{names}`. */
  path?: Record<string, string>;
  query?: Record<string, string | number | boolean | undefined>;
  body?: unknown;
}

/** Ask a route of the admin API, whose answer the caller knows to be a `T`. ApiError if it is refused. */
export async function ask<T>(
  api: Api,
  method: Method,
  route: string,
  asked: Asked = {},
): Promise<T> {
  const init = { params: { path: asked.path, query: asked.query }, body: asked.body };
  const answer = await api.request(method as never, route as never, init as never);
  return (answer as { data: T }).data;
}
