import { createContext, type ReactNode, useCallback, useContext, useRef } from "react";
import { useAuth } from "react-oidc-context";

type SignInAgain = () => Promise<void>;

const SignInAgainContext = createContext<SignInAgain>(async () => {});

/** What to do when an API no longer takes the token: it returns once there is a new one. */
export function useSignInAgain(): SignInAgain {
  return useContext(SignInAgainContext);
}

/** Renews silently where the provider allows it, else by its page, from which one comes back here. */
export function SignInAgainProvider({ children }: { children: ReactNode }) {
  const auth = useAuth();
  const latest = useRef(auth);
  latest.current = auth;
  const running = useRef<Promise<void> | null>(null);
  const again = useCallback(() => {
    // Many questions are refused at once when a token ends: one answer is for all of them.
    running.current ??= renew(latest.current).finally(() => {
      running.current = null;
    });
    return running.current;
  }, []);
  return <SignInAgainContext.Provider value={again}>{children}</SignInAgainContext.Provider>;
}

async function renew(auth: ReturnType<typeof useAuth>): Promise<void> {
  const user = await auth.signinSilent().catch(() => null);
  if (!user) await auth.signinRedirect({ state: { returnTo: window.location.hash } });
}
