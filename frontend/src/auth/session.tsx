import { createContext, type ReactNode, useContext, useMemo } from "react";
import { useAuth } from "react-oidc-context";
import type { Environment } from "@/environment";
import { type Caller, callerOf } from "./caller";

export interface Session {
  environment: Environment;
  caller: Caller;
  /** The bearer of this moment: it changes when the sign-in is renewed. */
  token: () => string;
}

const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error("There is no session outside of SessionProvider.");
  return session;
}

export function useCaller(): Caller {
  return useSession().caller;
}

interface Props {
  environment: Environment;
  children: ReactNode;
}

/** Who is signed in, for everything below it. */
export function SessionProvider({ environment, children }: Props) {
  const { user } = useAuth();
  const session = useMemo<Session | null>(() => {
    if (!user) return null;
    const roles = {
      groupsClaim: environment.JWT_GROUPS_PROP,
      adminGroup: environment.ADMIN_GROUP,
      curatorGroup: environment.RAG_ADMIN_GROUP,
    };
    const caller = callerOf({ ...user.profile }, roles);
    return { environment, caller, token: () => user.id_token ?? user.access_token };
  }, [environment, user]);
  if (!session) return null;
  return <SessionContext.Provider value={session}>{children}</SessionContext.Provider>;
}

/** A session that is given: of tests. */
export const GivenSession = SessionContext.Provider;
