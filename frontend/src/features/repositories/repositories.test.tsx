import { screen, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
import { network, refusal } from "@/test/api";
import { ADMIN, USER } from "@/test/session";
import { collection, repository } from "./testing/samples";
import { visit } from "./testing/visit";

const COLLECTIONS = {
  collections: [collection()],
  pagination: { totalCount: 1 },
  lastEvaluatedKey: null,
  hasNextPage: false,
};

test("a user sees the repositories, and nothing that only administrators do", async () => {
  network({ "GET /v1/repository": [repository()] });
  visit("/repositories", USER);
  expect(await screen.findByRole("link", { name: "HR documents" })).toBeVisible();
  expect(screen.queryByRole("button", { name: "Create repository" })).toBeNull();
  expect(screen.queryByRole("columnheader", { name: /Status/ })).toBeNull();
});

test("whoever sees none is told whom to ask", async () => {
  network({ "GET /v1/repository": [] });
  visit("/repositories", USER);
  expect(await screen.findByText(/Ask an administrator/)).toBeVisible();
});

test("a list that failed says why, and is tried again", async () => {
  const routes: Record<string, object> = {
    "GET /v1/repository": refusal(403, "ForbiddenError", "Not for you."),
  };
  network(routes);
  visit("/repositories", USER);
  expect(await screen.findByText("Not for you.")).toBeVisible();
  routes["GET /v1/repository"] = [repository()];
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByRole("link", { name: "HR documents" })).toBeVisible();
});

test("a repository that failed tells its cause and its fix", async () => {
  const reason = { code: "x", message: "The host is unknown.", fix: "Check the host." };
  network({ "GET /v1/repository/hr-docs": repository({ status: "CREATE_FAILED", reason }) });
  visit("/repositories/hr-docs", ADMIN);
  expect((await screen.findAllByText("The host is unknown."))[0]).toBeVisible();
  expect(screen.getAllByText(/Check the host/)[0]).toBeVisible();
  expect(screen.queryByRole("button", { name: "Pipelines" })).toBeNull();
});

test("a repository is deleted by whoever types its id", async () => {
  const log = network({
    "GET /v1/repository": [],
    "GET /v1/repository/hr-docs": repository(),
    "GET /v1/repository/hr-docs/collection": COLLECTIONS,
    "DELETE /v1/repository/hr-docs": repository({ status: "DELETE_IN_PROGRESS" }),
  });
  visit("/repositories/hr-docs", ADMIN);
  await userEvent.click(await screen.findByRole("button", { name: "Delete" }));
  const dialog = within(await screen.findByRole("dialog"));
  await userEvent.type(dialog.getByRole("textbox"), "hr{Enter}");
  expect(dialog.getByText("This is not “hr-docs”.")).toBeVisible();
  await userEvent.clear(dialog.getByRole("textbox"));
  await userEvent.type(dialog.getByRole("textbox"), "hr-docs{Enter}");
  expect(await screen.findByText("HR documents is being removed")).toBeInTheDocument();
  expect(log.find((one) => one.route.startsWith("DELETE"))?.query).toEqual({
    storeIsLost: "false",
  });
});

test("collections are found by a part of their name", async () => {
  const log = network({
    "GET /v1/repository/hr-docs": repository(),
    "GET /v1/repository/hr-docs/collection": COLLECTIONS,
  });
  visit("/repositories/hr-docs", USER);
  expect(await screen.findByRole("link", { name: "Default" })).toBeVisible();
  expect(screen.queryByRole("button", { name: "Create collection" })).toBeNull();
  await userEvent.type(screen.getByRole("searchbox", { name: "Find collections" }), "def");
  expect(await screen.findAllByText("1 found")).not.toHaveLength(0);
  expect(log.at(-1)?.query).toMatchObject({ filter: "def" });
});
