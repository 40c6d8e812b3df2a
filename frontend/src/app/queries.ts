import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { ApiError } from "@/api/errors";

const AGAIN_AFTER_MS = 10_000;

/** The server's state: what was refused is not asked again, and what failed is, once.
 *
 * `signInAgain` is called when a token is no longer taken; then everything shown is asked anew.
 */
export function queryClient(signInAgain: () => Promise<void>): QueryClient {
  let last = Number.NEGATIVE_INFINITY;
  const onError = (error: unknown) => {
    // A new token that is refused, too, is no reason for another one.
    const again = performance.now() - last > AGAIN_AFTER_MS;
    if (!(error instanceof ApiError && error.signedOut && again)) return;
    last = performance.now();
    void signInAgain().then(() => client.invalidateQueries());
  };
  const retry = (count: number, error: unknown) =>
    count < 1 && !(error instanceof ApiError && error.status < 500);
  const client = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: { queries: { retry, staleTime: 5_000 } },
  });
  return client;
}
