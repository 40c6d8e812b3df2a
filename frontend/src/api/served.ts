import { type QueryClient, useQuery } from "@tanstack/react-query";
import { type Session, useSession } from "@/auth/session";
import { serveUrl } from "@/environment";
import { errorOf } from "./errors";

/** US dollars for a token, as decimals: of a prompt, of an answer, of a prompt known already. */
export interface Pricing {
  prompt?: string;
  completion?: string;
  input_cache_read?: string;
}

/** A model as the gateway lists it: OpenAI's fields, and ours. */
export interface Listed {
  id: string;
  /** `textgen`, `embedding`, and so on. */
  model_type?: string;
  /** In tokens; 0 where nobody knows. */
  context_window?: number;
  /** The model service's word for its state; only one that is `InService` can be called. */
  status?: string;
  description?: string;
  /** What it is good at, `imageInput` for example. */
  features?: readonly string[];
  /** Left out where nobody knows what it costs. */
  pricing?: Pricing;
}

const KEY = ["served-models"];
const EVERY_MS = 15_000;
// Somebody may be waiting for it.
const CHANGING_EVERY_MS = 3_000;
const CHANGING = ["Creating", "Starting", "Stopping", "Updating"];

/** The models that the caller may use, in service or not, by their names. */
export function useListedModels() {
  return useQuery({
    ...asked(useSession()),
    refetchInterval: ({ state }) =>
      state.data?.some(({ status = "" }) => CHANGING.includes(status))
        ? CHANGING_EVERY_MS
        : EVERY_MS,
  });
}

/** The ids of those that can be called; only of those of a type, if one is given. */
export function useServedModels(type?: string) {
  return useQuery({
    ...asked(useSession()),
    select: (all) =>
      all.filter((one) => inService(one) && ofType(one, type)).map((model) => model.id),
  });
}

/** Return what a model costs, as far as the list of models has been read. */
export function pricingOf(queries: QueryClient, model: string): Pricing | undefined {
  return queries.getQueryData<Listed[]>(KEY)?.find((one) => one.id === model)?.pricing;
}

export function inService({ status = "InService" }: Listed): boolean {
  return status === "InService";
}

/** Return why a model in a state cannot be called, and what to do; nothing for one that can. */
export function reasonOf(model: Listed, admin: boolean): string | undefined {
  if (inService(model)) return undefined;
  const starts = admin ? "Start it on the page Models." : "An administrator can start it.";
  const seen = admin ? "The page Models says why." : "Ask an administrator, who sees why.";
  const reasons: Record<string, string> = {
    Creating: "It is being created. It can be chosen when it is in service.",
    Starting: "It is starting. It can be chosen when it is in service.",
    Updating: "It is being changed. It can be chosen when it is in service.",
    Stopping: `It is being stopped. ${starts}`,
    Stopped: `It is stopped. ${starts}`,
    Failed: `It has failed. ${seen}`,
  };
  return reasons[model.status ?? ""] ?? "It is not in service. Wait a moment.";
}

function asked(session: Session) {
  return {
    queryKey: KEY,
    queryFn: ({ signal }: { signal: AbortSignal }) => servedModels(session, signal),
  };
}

/** One whose type nobody tells may be of any. */
function ofType(model: Listed, type: string | undefined): boolean {
  return !type || !model.model_type || model.model_type === type;
}

async function servedModels(session: Session, signal: AbortSignal): Promise<Listed[]> {
  const headers = { Authorization: `Bearer ${session.token()}` };
  const url = `${serveUrl(session.environment)}/models?state=all`;
  const answer = await fetch(url, { headers, signal });
  const body: unknown = await answer.json().catch(() => null);
  if (!answer.ok) throw errorOf(answer.status, body);
  const { data } = (body ?? {}) as { data?: unknown };
  const all = Array.isArray(data) ? (data as Listed[]) : [];
  return all.toSorted((one, other) => one.id.localeCompare(other.id));
}
