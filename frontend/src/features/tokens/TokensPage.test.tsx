import createWrapper from "@cloudscape-design/components/test-utils/dom";
import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { network, refusal } from "@/test/api";
import { ADMIN, shown, USER } from "@/test/session";
import TokensPage from "./TokensPage";
import { token } from "./testing";

const LIST = "GET /v1/api-tokens";
const SERVED = { "GET /v2/serve/models": { data: [{ id: "tiny-chat" }] } };
const UUID = token({}).tokenUUID;

function page(...tokens: object[]) {
  return { tokens, nextToken: null };
}

function act(item: string) {
  const table = createWrapper().findTable();
  const menu = table?.findBodyCell(1, table.findColumnHeaders().length)?.findButtonDropdown();
  menu?.openDropdown();
  menu?.findItemById(item)?.click();
}

test("without tokens the page says what they are for", async () => {
  network({ [LIST]: page() });
  shown(<TokensPage />);
  expect(await screen.findByText(/Create one to call models/)).toBeVisible();
});

test("a token is made, shown once, and listed", async () => {
  const made = token({ name: "editor" });
  const asked = network({
    ...SERVED,
    [LIST]: () => page(...(asked.some((one) => one.body) ? [made] : [])),
    "POST /v1/api-tokens": { ...made, token: "lisa_secret" },
  });
  shown(<TokensPage />);
  await userEvent.click(await screen.findByRole("button", { name: "Create token" }));
  await userEvent.type(screen.getByRole("textbox", { name: "Name" }), "editor{Enter}");
  expect(await screen.findByText("lisa_secret")).toBeVisible();
  expect(screen.getByText(/base_url="https:\/\/serve.example\/v2\/serve"/)).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "I have copied it" }));
  expect(screen.queryByText("lisa_secret")).toBeNull();
  expect(await screen.findByText("editor")).toBeVisible();
  expect(asked.find((one) => one.body)?.body).toMatchObject({ name: "editor" });
});

test("a name that is missing is asked for, and nothing is sent", async () => {
  const asked = network({ ...SERVED, [LIST]: page() });
  shown(<TokensPage />);
  await userEvent.click(await screen.findByRole("button", { name: "Create token" }));
  await userEvent.click(screen.getByRole("button", { name: "Create" }));
  expect(await screen.findByText("Say what the token is for.")).toBeVisible();
  expect(asked.some((one) => one.route.startsWith("POST"))).toBe(false);
});

test("what the API refuses is said in the form", async () => {
  const full = refusal(409, "TooManyTokensError", "You have 50 tokens. Revoke one first.");
  network({ ...SERVED, [LIST]: page(), "POST /v1/api-tokens": full });
  shown(<TokensPage />);
  await userEvent.click(await screen.findByRole("button", { name: "Create token" }));
  await userEvent.type(screen.getByRole("textbox", { name: "Name" }), "one more{Enter}");
  expect(await screen.findByText("You have 50 tokens. Revoke one first.")).toBeVisible();
  expect(screen.getByRole("textbox", { name: "Name" })).toHaveValue("one more");
});

test.each([
  ["end", "End now", "PUT", { tokenExpiration: 0 }],
  ["revoke", "Revoke", "DELETE", undefined],
])("to %s a token is confirmed first", async (action, verb, method, body) => {
  const route = `${method} /v1/api-tokens/${UUID}`;
  const asked = network({ [LIST]: page(token({})), [route]: token({}) });
  shown(<TokensPage />);
  await screen.findByText("notebook");
  act(action);
  expect(asked.some((one) => one.route === route)).toBe(false);
  await userEvent.click(await screen.findByRole("button", { name: verb }));
  await waitFor(() => expect(asked.find((one) => one.route === route)?.body).toEqual(body));
});

test("to take a program its token is warned of", async () => {
  network({ [LIST]: page(token({ isSystemToken: true })) });
  shown(<TokensPage />, ADMIN);
  await screen.findByText("notebook");
  act("revoke");
  expect(await screen.findByText(/It belongs to a program, which stops working/)).toBeVisible();
});

test("a token gets another name", async () => {
  const route = `PUT /v1/api-tokens/${UUID}`;
  const asked = network({ [LIST]: page(token({})), [route]: token({}) });
  shown(<TokensPage />);
  await screen.findByText("notebook");
  act("rename");
  await userEvent.type(await screen.findByRole("textbox", { name: "Name" }), " 2{Enter}");
  await waitFor(() =>
    expect(asked.find((one) => one.route === route)?.body).toEqual({ name: "notebook 2" }),
  );
});

test("a token gets another end, but not one that is over", async () => {
  const route = `PUT /v1/api-tokens/${UUID}`;
  const asked = network({ [LIST]: page(token({})), [route]: token({}) });
  shown(<TokensPage />);
  await screen.findByText("notebook");
  act("move");
  await screen.findByText(/Its new time begins now/);
  const lasts = createWrapper().findModal()?.findContent().findSelect();
  lasts?.openDropdown();
  lasts?.selectOptionByValue("date");
  await userEvent.type(await screen.findByLabelText("Last day"), "2020/01/01");
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByText("Choose a day that is not over yet.")).toBeVisible();
  lasts?.openDropdown();
  lasts?.selectOptionByValue("30");
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByText(/has another end/)).toBeInTheDocument();
  const in30Days = Math.floor(Date.now() / 1000) + 30 * 86_400;
  const sent = asked.find((one) => one.route === route)?.body;
  expect(sent).toEqual({ tokenExpiration: expect.closeTo(in30Days, -2) });
});

test("an administrator lists one user's tokens, and makes one for a program", async () => {
  const asked = network({
    ...SERVED,
    [LIST]: page(token({ username: "bob" })),
    "POST /v1/api-tokens/ci": { ...token({ name: "ci" }), token: "lisa_secret" },
  });
  shown(<TokensPage />, ADMIN);
  await screen.findByText("bob");
  const whose = createWrapper().findSelect();
  whose?.openDropdown();
  whose?.selectOptionByValue("one");
  await userEvent.type(screen.getByPlaceholderText("User name, then Enter"), "bob{Enter}");
  await waitFor(() => expect(asked.some((one) => one.query.username === "bob")).toBe(true));
  await userEvent.click(screen.getByRole("button", { name: "Create token" }));
  await userEvent.click(screen.getByRole("radio", { name: /A program/ }));
  await userEvent.type(screen.getByRole("textbox", { name: "The program's name" }), "ci");
  await userEvent.type(screen.getByRole("textbox", { name: "Name" }), "builds{Enter}");
  expect(await screen.findByText("lisa_secret")).toBeVisible();
  expect(asked.find((one) => one.body)?.body).toMatchObject({
    name: "builds",
    isSystemToken: true,
  });
});

test("where people may not make tokens there is no button, but for administrators", async () => {
  const off = [
    { versionId: 1, configuration: { enabledComponents: { enableUserApiTokens: false } } },
  ];
  network({ [LIST]: page(), "GET /v1/configuration": off });
  const user = shown(<TokensPage />, USER);
  expect(await screen.findByText("Ask an administrator for one.")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Create token" })).toBeNull();
  user.unmount();
  shown(<TokensPage />, ADMIN);
  expect(await screen.findByRole("button", { name: "Create token" })).toBeVisible();
});

test("a list that cannot be loaded says why, and is tried again", async () => {
  let fails = true;
  network({
    [LIST]: () => (fails ? refusal(500, "InternalError", "Something broke.") : page(token({}))),
  });
  shown(<TokensPage />);
  expect(await screen.findByText("Something broke.")).toBeVisible();
  fails = false;
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByText("notebook")).toBeVisible();
});

test("further pages are loaded when they are wanted", async () => {
  network({
    [LIST]: ({ query }) =>
      query.nextToken
        ? page(token({ name: "second", tokenUUID: "2" }))
        : { tokens: [token({ name: "first" })], nextToken: "1.2" },
  });
  shown(<TokensPage />);
  await userEvent.click(await screen.findByRole("button", { name: "Load more tokens" }));
  expect(await screen.findByText("second")).toBeVisible();
  expect(screen.getByText("first")).toBeVisible();
});
