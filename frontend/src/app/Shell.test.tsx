import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { lazy } from "react";
import { createMemoryRouter, RouterProvider } from "react-router";
import { afterEach, expect, test } from "vitest";
import { GivenSession } from "@/auth/session";
import { DEFAULTS } from "@/features/configuration/defaults";
import { turned } from "@/features/configuration/switches";
import { version } from "@/features/configuration/testing";
import { network } from "@/test/api";
import { ENVIRONMENT, USER } from "@/test/session";
import { NoticesProvider } from "./notices";
import type { Page } from "./pages";
import { Shell } from "./Shell";

const GET = "GET /v1/configuration";
const WITHOUT = turned(DEFAULTS.enabledComponents, "modelLibrary", false);
const PAGE: Page = {
  path: "/library/models",
  text: "Model library",
  section: "Library",
  order: 1,
  switch: "modelLibrary",
  component: lazy(async () => ({ default: () => <p>every model</p> })),
};

afterEach(() => window.localStorage.clear());

function frame() {
  const children = [{ path: PAGE.path, element: <p>every model</p>, handle: PAGE }];
  const routes = [{ path: "/", element: <Shell />, children }];
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  return render(
    <GivenSession value={{ environment: ENVIRONMENT, caller: USER, token: () => "token" }}>
      <QueryClientProvider client={queries}>
        <NoticesProvider>
          <RouterProvider router={createMemoryRouter(routes, { initialEntries: [PAGE.path] })} />
        </NoticesProvider>
      </QueryClientProvider>
    </GivenSession>,
  );
}

/** A server that answers when it is told to. */
function held(answer: object) {
  let tell = () => {};
  const told = new Promise<void>((resolve) => {
    tell = resolve;
  });
  network({ [GET]: () => told.then(() => Response.json(answer)) });
  return tell;
}

test("nothing that may be switched off is shown before that is known", async () => {
  const tell = held([version(1, { enabledComponents: WITHOUT })]);
  frame();
  expect(screen.getByText("Loading model library…")).toBeVisible();
  expect(screen.queryByText("every model")).toBeNull();
  expect(screen.queryByRole("link", { name: "Chat" })).toBeNull();
  tell();
  expect(await screen.findByText("Model library is switched off")).toBeVisible();
  expect(screen.queryByRole("link", { name: "Model library" })).toBeNull();
  expect(screen.getByRole("link", { name: "Chat" })).toBeInTheDocument();
});

test("what held in this browser last holds until there is an answer", async () => {
  network({ [GET]: [version(1, { enabledComponents: WITHOUT })] });
  const first = frame();
  expect(await screen.findByText("Model library is switched off")).toBeVisible();
  first.unmount();
  const tell = held([version(2)]);
  frame();
  expect(screen.getByText("Model library is switched off")).toBeVisible();
  tell();
  expect(await screen.findByText("every model")).toBeVisible();
});

test("a page is the title of its tab", async () => {
  network({ [GET]: [version(1)] });
  frame();
  await waitFor(() => expect(document.title).toBe("Model library · LISA"));
});

test("the navigation is as it was left", async () => {
  network({ [GET]: [version(1)] });
  const first = frame();
  await userEvent.click(screen.getByRole("button", { name: "Close navigation" }));
  first.unmount();
  frame();
  expect(screen.getByRole("button", { name: "Open navigation" })).toBeVisible();
});
