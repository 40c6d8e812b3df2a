import { useQuery } from "@tanstack/react-query";
import { errorOf } from "@/api/errors";
import { useSession } from "@/auth/session";
import { serveUrl } from "@/environment";

const EVERY_MS = 15_000;

/** The milliseconds until the gateway says that it is well; it needs no sign-in for that. */
export function useGatewayHealth() {
  const { environment } = useSession();
  return useQuery({
    queryKey: ["gateway-health"],
    queryFn: () => timed(`${serveUrl(environment)}/health`),
    refetchInterval: EVERY_MS,
    staleTime: 0,
  });
}

async function timed(address: string): Promise<number> {
  const began = performance.now();
  const answer = await fetch(address, { cache: "no-store" });
  if (!answer.ok) throw errorOf(answer.status, await answer.json().catch(() => null));
  return performance.now() - began;
}
