import { useQuery } from "@tanstack/react-query";
import { type Session, useSession } from "@/auth/session";
import { serveUrl } from "@/environment";
import { errorOf } from "./errors";

/** A model as the gateway lists it: OpenAI's fields, and ours. */
export interface Listed {
  id: string;
  /** `textgen`, `embedding`, and so on. */
  model_type?: string;
  /** In tokens; 0 where nobody knows. */
  context_window?: number;
}

/** The models that the caller may call, by their names. */
export function useListedModels() {
  const session = useSession();
  return useQuery({ queryKey: ["served-models"], queryFn: () => servedModels(session) });
}

/** Their ids; only of those of a type, if one is given. */
export function useServedModels(type?: string) {
  const session = useSession();
  return useQuery({
    queryKey: ["served-models"],
    queryFn: () => servedModels(session),
    select: (all) => all.filter((model) => ofType(model, type)).map((model) => model.id),
  });
}

/** One whose type nobody tells may be of any. */
function ofType(model: Listed, type: string | undefined): boolean {
  return !type || !model.model_type || model.model_type === type;
}

async function servedModels(session: Session): Promise<Listed[]> {
  const headers = { Authorization: `Bearer ${session.token()}` };
  const answer = await fetch(`${serveUrl(session.environment)}/models`, { headers });
  const body: unknown = await answer.json().catch(() => null);
  if (!answer.ok) throw errorOf(answer.status, body);
  const { data = [] } = (body ?? {}) as { data?: Listed[] };
  return data.toSorted((one, other) => one.id.localeCompare(other.id));
}
