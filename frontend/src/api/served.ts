import { useQuery } from "@tanstack/react-query";
import { type Session, useSession } from "@/auth/session";
import { serveUrl } from "@/environment";
import { errorOf } from "./errors";

/** The ids of the models that the caller may call, as the gateway lists them. */
export function useServedModels() {
  const session = useSession();
  return useQuery({ queryKey: ["served-models"], queryFn: () => servedModels(session) });
}

async function servedModels(session: Session): Promise<string[]> {
  const headers = { Authorization: `Bearer ${session.token()}` };
  const answer = await fetch(`${serveUrl(session.environment)}/models`, { headers });
  const body: unknown = await answer.json().catch(() => null);
  if (!answer.ok) throw errorOf(answer.status, body);
  const { data = [] } = (body ?? {}) as { data?: { id: string }[] };
  return data.map((model) => model.id).sort();
}
