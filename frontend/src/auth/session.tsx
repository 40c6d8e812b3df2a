import { createContext, type ReactNode, useContext, useMemo, useRef } from "react";
import { useAuth } from "react-oidc-context";
import type { Environment } from "@/environment";
import { type Caller, callerOf, type Roles } from "./caller";

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
  const bearer = useRef("");
  if (user) bearer.current = user.id_token ?? user.access_token;
  // By what it says: a renewed sign-in of the same person must not begin every page anew.
  const known = user ? JSON.stringify(callerOf({ ...user.profile }, rolesIn(environment))) : null;
  const session = useMemo<Session | null>(() => {
    const caller = known === null ? null : (JSON.parse(known) as Caller);
    return caller && { environment, caller, token: () => bearer.current };
  }, [environment, known]);
  if (!session) return null;
  return <SessionContext.Provider value={session}>{children}</SessionContext.Provider>;
}

function rolesIn(environment: Environment): Roles {
  return {
    groupsClaim: environment.JWT_GROUPS_PROP,
    adminGroup: environment.ADMIN_GROUP,
    curatorGroup: environment.RAG_ADMIN_GROUP,
  };
}

/** A session that is given: of tests. */
export const GivenSession = SessionContext.Provider;
