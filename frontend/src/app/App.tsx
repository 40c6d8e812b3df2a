import I18nProvider from "@cloudscape-design/components/i18n";
import messages from "@cloudscape-design/components/i18n/messages/all.en";
import { QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useMemo } from "react";
import { AuthProvider } from "react-oidc-context";
import { createHashRouter, Navigate, RouterProvider } from "react-router";
import { SignInAgainProvider, useSignInAgain } from "@/auth/again";
import { userManager } from "@/auth/oidc";
import { SignIn } from "@/auth/SignIn";
import { SessionProvider, useSession } from "@/auth/session";
import type { Environment } from "@/environment";
import { Broken, NotFound } from "./Broken";
import { NoticesProvider } from "./notices";
import { pagesFor } from "./pages";
import { queryClient } from "./queries";
import { Shell } from "./Shell";

/** The whole application, for the environment in which it stands. */
export function App({ environment }: { environment: Environment }) {
  const manager = useMemo(() => userManager(environment), [environment]);
  return (
    <I18nProvider locale="en" messages={[messages]}>
      <AuthProvider userManager={manager} onSigninCallback={returned}>
        <SignIn>
          <SessionProvider environment={environment}>
            <SignInAgainProvider>
              <Queries>
                <NoticesProvider>
                  <Pages />
                </NoticesProvider>
              </Queries>
            </SignInAgainProvider>
          </SessionProvider>
        </SignIn>
      </AuthProvider>
    </I18nProvider>
  );
}

function Queries({ children }: { children: ReactNode }) {
  const signInAgain = useSignInAgain();
  const client = useMemo(() => queryClient(signInAgain), [signInAgain]);
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}

function Pages() {
  const { caller, environment } = useSession();
  const router = useMemo(() => {
    const pages = pagesFor(caller, environment.PARTS);
    const routes = pages.map((page) => ({
      path: page.path,
      element: <page.component />,
      handle: page,
      errorElement: <Broken />,
    }));
    const first = <Navigate to={pages[0]?.path ?? "/nothing"} replace />;
    const home = { index: true, element: first, handle: pages[0] };
    return createHashRouter([
      {
        path: "/",
        element: <Shell />,
        errorElement: <Broken />,
        children: [home, ...routes, { path: "*", element: <NotFound /> }],
      },
    ]);
  }, [caller, environment]);
  return <RouterProvider router={router} />;
}

/** Back from the provider: its code leaves the address, and the page that was wanted is shown. */
function returned(user: { state?: unknown } | undefined) {
  const { returnTo } = (user?.state ?? {}) as { returnTo?: string };
  window.history.replaceState({}, "", window.location.pathname + (returnTo ?? ""));
}
