import createWrapper from "@cloudscape-design/components/test-utils/dom";
import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { type Answer, network, refusal } from "@/test/api";
import { ADMIN, shown, USER } from "@/test/session";
import { filtersOf, tokensOf } from "./filters";
import { figures, report } from "./testing";
import UsagePage from "./UsagePage";

const GET = "GET /v1/usage";

function usage(answer: Answer) {
  return network({
    [GET]: answer,
    "GET /v1/api-tokens": { tokens: [{ tokenUUID: "t1", name: "notebook" }], nextToken: null },
    "GET /v2/serve/models": { data: [{ id: "tiny-chat" }] },
  });
}

const BY_DAY = report("day", [{ day: "2026-11-02", ...figures({ requests: 3 }) }], {
  total: figures({ requests: 1203, unmetered: 2 }),
});

test("the last 30 days by day, with sums and what they lack", async () => {
  const asked = usage(BY_DAY);
  shown(<UsagePage />);
  expect(await screen.findByText("1,203")).toBeVisible();
  expect(screen.getByText(/2 answers told no tokens/)).toBeVisible();
  expect(screen.getByText("2026-11-02")).toBeVisible();
  expect(asked.find((one) => one.route === GET)?.query.by).toBe("day");
});

test("where nothing was used the page says what to do", async () => {
  usage(report("day", []));
  shown(<UsagePage />);
  expect(await screen.findByText("Nothing was used in these days.")).toBeVisible();
  expect(screen.getByRole("button", { name: "Download CSV" })).toBeDisabled();
});

test("by token, tokens go by their names", async () => {
  const tokens = report("token", [{ token: "t1", ...figures({ requests: 3 }) }]);
  usage(({ query }) => (query.by === "token" ? tokens : BY_DAY));
  shown(<UsagePage />);
  await userEvent.click(await screen.findByRole("button", { name: "Token" }));
  expect(await screen.findByRole("heading", { name: /All tokens/ })).toBeVisible();
  expect(await screen.findByRole("rowheader", { name: "notebook" })).toBeVisible();
});

test.each([
  ["a person's is their own", USER, /^Your requests/, false],
  ["an administrator's is everybody's", ADMIN, /^Everybody's requests/, true],
])("%s", async (_what, caller, words, groups) => {
  usage(BY_DAY);
  shown(<UsagePage />, caller);
  expect(await screen.findByText(words)).toBeVisible();
  expect(screen.queryByRole("button", { name: "Group" }) !== null).toBe(groups);
});

test("it is narrowed down to a model", async () => {
  const asked = usage(BY_DAY);
  shown(<UsagePage />);
  await screen.findByText("1,203");
  const filter = createWrapper().findPropertyFilter();
  filter?.focus();
  filter?.setInputValue("Model = tiny-chat");
  filter?.selectSuggestionByValue("Model = tiny-chat");
  await waitFor(() => expect(asked.at(-1)?.query.model).toBe("tiny-chat"));
});

test("a question that cannot be answered says why, field by field", async () => {
  const details = [{ field: "group", message: "Usage of a group is not kept by user." }];
  const body = { error: "ValidationError", message: "Not valid.", details };
  usage(Response.json(body, { status: 422 }));
  shown(<UsagePage />, ADMIN);
  expect(await screen.findByText(/Usage of a group is not kept by user/)).toBeVisible();
});

test("a server that is down is asked again", async () => {
  let down = true;
  usage(() => (down ? refusal(503, "Unavailable", "Try again later.") : BY_DAY));
  shown(<UsagePage />);
  await screen.findByText("Try again later.");
  down = false;
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByText("1,203")).toBeVisible();
});

test("of each property the last filter holds, and empty ones are none", () => {
  const tokens = [
    ...tokensOf({ model: "a", user: "ada" }),
    { propertyKey: "model", value: "b", operator: "=" },
    { propertyKey: "token", value: " ", operator: "=" },
  ];
  expect(filtersOf(tokens)).toEqual({ model: "b", user: "ada" });
});
