import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type RenderResult, render } from "@testing-library/react";
import type { ReactElement } from "react";
import { MemoryRouter } from "react-router";
import { NoticesBar, NoticesProvider } from "@/app/notices";
import type { Caller } from "@/auth/caller";
import { GivenSession } from "@/auth/session";
import { readEnvironment } from "@/environment";

export const ENVIRONMENT = readEnvironment({
  AUTHORITY: "https://idp.example",
  CLIENT_ID: "lisa",
  ADMIN_GROUP: "admins",
  RESTAPI_URI: "https://serve.example",
  API_BASE_URL: "https://api.example/v1",
});

export const USER: Caller = {
  subject: "ada",
  username: "ada",
  name: "Ada",
  groups: ["users"],
  admin: false,
  curator: false,
};
export const ADMIN: Caller = { ...USER, groups: ["admins"], admin: true, curator: true };

/** Show something as it is shown to a caller at a path. */
export function shown(what: ReactElement, caller: Caller = USER, path = "/"): RenderResult {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  return render(
    <GivenSession value={{ environment: ENVIRONMENT, caller, token: () => "token" }}>
      <QueryClientProvider client={queries}>
        <NoticesProvider>
          <MemoryRouter initialEntries={[path]}>
            <NoticesBar />
            {what}
          </MemoryRouter>
        </NoticesProvider>
      </QueryClientProvider>
    </GivenSession>,
  );
}
