import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import { type ReactNode, useEffect } from "react";
import { hasAuthParams, useAuth } from "react-oidc-context";
import { Landing } from "@/app/Landing";

/** Shows its children to whoever is signed in, and takes everybody else to the provider. */
export function SignIn({ children }: { children: ReactNode }) {
  const auth = useAuth();
  const idle = !auth.isLoading && !auth.activeNavigator && !auth.error && !hasAuthParams();
  const leaving = idle && !auth.isAuthenticated;
  useEffect(() => {
    if (leaving) {
      const state = { returnTo: window.location.hash };
      void auth.signinRedirect({ state });
    }
  }, [leaving, auth]);
  if (auth.isAuthenticated) return children;
  if (auth.error) return <Refused message={auth.error.message} again={auth.signinRedirect} />;
  return (
    <Landing>
      <SpaceBetween size="s" alignItems="center">
        <Spinner size="large" />
        <Box color="text-body-secondary">Taking you to the sign-in page…</Box>
      </SpaceBetween>
    </Landing>
  );
}

function Refused({ message, again }: { message: string; again: () => Promise<void> }) {
  return (
    <Landing>
      <Alert
        type="error"
        header="You could not be signed in"
        action={<Button onClick={() => void again()}>Sign in again</Button>}
      >
        The identity provider said: {message} If this persists, give this sentence to your
        administrator.
      </Alert>
    </Landing>
  );
}
