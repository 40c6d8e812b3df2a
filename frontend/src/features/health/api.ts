import { useQuery } from "@tanstack/react-query";
import { dataOf, useApi } from "@/api/client";
import { errorOf } from "@/api/errors";
import { useSession } from "@/auth/session";
import { serveUrl } from "@/environment";

const EVERY_MS = 15_000;
const EVERY_DEEP_MS = 60_000;

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

/** What everything that the product stands on answers, looked at all at once. */
export function useDeepHealth() {
  const api = useApi();
  return useQuery({
    queryKey: ["deep-health"],
    queryFn: () => dataOf(api.GET("/health/deep")),
    refetchInterval: EVERY_DEEP_MS,
    staleTime: 0,
  });
}

async function timed(address: string): Promise<number> {
  const began = performance.now();
  const answer = await fetch(address, { cache: "no-store" });
  if (!answer.ok) throw errorOf(answer.status, await answer.json().catch(() => null));
  return performance.now() - began;
}
