import { UserManager, type UserManagerSettings, WebStorageStateStore } from "oidc-client-ts";
import type { Environment } from "@/environment";

/** The sign-in of this tab: code and PKCE, renewed silently, gone with the tab. */
export function userManager(environment: Environment): UserManager {
  return new UserManager(settings(environment));
}

export function settings(environment: Environment): UserManagerSettings {
  return {
    authority: environment.AUTHORITY,
    metadataUrl: environment.METADATA_URL,
    client_id: environment.CLIENT_ID,
    redirect_uri: here(),
    post_logout_redirect_uri: here(),
    scope: ["openid", "profile", "email", ...environment.CUSTOM_SCOPES].join(" "),
    automaticSilentRenew: true,
    userStore: new WebStorageStateStore({ store: window.sessionStorage }),
  };
}

/** End the session at the provider too; Cognito has an address and parameters of its own for it. */
export async function signOut(manager: UserManager, environment: Environment): Promise<void> {
  if (!environment.LOGOUT_URL) {
    await manager.signoutRedirect();
    return;
  }
  await manager.removeUser();
  const asked = new URLSearchParams({ client_id: environment.CLIENT_ID, logout_uri: here() });
  window.location.assign(`${environment.LOGOUT_URL}?${asked}`);
}

function here(): string {
  return window.location.origin + window.location.pathname;
}
