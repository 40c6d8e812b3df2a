import createWrapper from "@cloudscape-design/components/test-utils/dom";
import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { type Answer, network, refusal } from "@/test/api";
import { ADMIN, shown, USER } from "@/test/session";
import PromptsPage from "./PromptsPage";
import { template } from "./testing";

const LIST = "GET /v1/prompt-templates";
const OTHERS = template({ id: "t2", title: "Bullets", type: "directive", mine: false });

function library(answers: Record<string, Answer> = {}) {
  const Items = [template({}), OTHERS];
  return network({ [LIST]: { Items, cursor: null }, ...answers });
}

function menu(row: number) {
  const table = createWrapper().findTable();
  const found = table?.findBodyCell(row, table.findColumnHeaders().length)?.findButtonDropdown();
  found?.openDropdown();
  return found;
}

function choices(row: number) {
  const found = menu(row);
  return found?.findItems().map((item) => item.getElement().textContent);
}

test("an empty library says what to do next", async () => {
  library({ [LIST]: { Items: [], cursor: null } });
  shown(<PromptsPage />);
  expect(await screen.findByText("Create one for what you ask again and again.")).toBeVisible();
});

test("a template is made and shared with a group of one's own", async () => {
  const asked = library({ "POST /v1/prompt-templates": template({}) });
  shown(<PromptsPage />, USER);
  await userEvent.click(await screen.findByRole("button", { name: "Create template" }));
  const dialog = await screen.findByRole("dialog");
  await userEvent.type(within(dialog).getByRole("textbox", { name: "Title" }), "Tutor");
  await userEvent.type(within(dialog).getByRole("textbox", { name: "Prompt" }), "You teach.");
  expect(within(dialog).queryByRole("radio", { name: "Everybody" })).toBeNull();
  await userEvent.click(within(dialog).getByRole("radio", { name: "Groups" }));
  const groups = createWrapper().findModal()?.findContent().findMultiselect();
  groups?.openDropdown();
  groups?.selectOptionByValue("users");
  await userEvent.click(within(dialog).getByRole("button", { name: "Save" }));
  await screen.findByText("“Tutor” was saved.");
  const wish = { title: "Tutor", body: "You teach.", type: "persona", groups: ["group:users"] };
  expect(asked.find((one) => one.body)?.body).toEqual(wish);
});

test("one's own template is changed from the revision that was read", async () => {
  const asked = library({ "PUT /v1/prompt-templates/t1": template({ revision: 4 }) });
  shown(<PromptsPage />);
  await screen.findByText("Patient teacher");
  menu(1)?.findItemById("edit")?.click();
  await userEvent.type(await screen.findByRole("textbox", { name: "Title" }), " 2{Enter}");
  await screen.findByText("“Patient teacher 2” was saved.");
  expect(asked.find((one) => one.body)?.body).toMatchObject({
    title: "Patient teacher 2",
    revision: 3,
  });
});

test("a change that met another's is kept in the form, with the reason", async () => {
  const busy = refusal(409, "ConflictError", "It was changed meanwhile. Read it again.");
  library({ "PUT /v1/prompt-templates/t1": busy });
  shown(<PromptsPage />);
  await screen.findByText("Patient teacher");
  menu(1)?.findItemById("edit")?.click();
  await userEvent.type(await screen.findByRole("textbox", { name: "Title" }), " 2{Enter}");
  expect(await screen.findByText("It was changed meanwhile. Read it again.")).toBeVisible();
  expect(screen.getByRole("textbox", { name: "Title" })).toHaveValue("Patient teacher 2");
});

test("a template is deleted after a question", async () => {
  const route = "DELETE /v1/prompt-templates/t1";
  const asked = library({ [route]: {} });
  shown(<PromptsPage />);
  await screen.findByText("Patient teacher");
  menu(1)?.findItemById("delete")?.click();
  await userEvent.click(await screen.findByRole("button", { name: "Delete" }));
  await waitFor(() => expect(asked.some((one) => one.route === route)).toBe(true));
});

test.each([
  ["a person only their own", USER, ["Read"]],
  ["an administrator any", ADMIN, ["Read", "Change", "Delete"]],
])("%s may be changed", async (_who, caller, expected) => {
  library();
  shown(<PromptsPage />, caller);
  await screen.findByText("Bullets");
  expect(choices(2)).toEqual(expected);
});

test("where nobody writes templates they are read only", async () => {
  const enabledComponents = { editPromptTemplate: false };
  library({ "GET /v1/configuration": [{ versionId: 1, configuration: { enabledComponents } }] });
  shown(<PromptsPage />, ADMIN);
  await screen.findByText(/switched off that people write templates/);
  expect(screen.queryByRole("button", { name: "Create template" })).toBeNull();
  expect(choices(1)).toEqual(["Read"]);
  await userEvent.click(screen.getByText("Patient teacher"));
  expect(await screen.findByText("You are a patient teacher.")).toBeVisible();
});

test("filters are asked of the server, or kept to what others share", async () => {
  const asked = library();
  shown(<PromptsPage />);
  await screen.findByText("Patient teacher");
  const [whose, type] = createWrapper().findAllSelects();
  type?.openDropdown();
  type?.selectOptionByValue("persona");
  await waitFor(() => expect(asked.at(-1)?.query).toEqual({ type: "persona", pageSize: "100" }));
  whose?.openDropdown();
  whose?.selectOptionByValue("shared");
  await waitFor(() => expect(screen.queryByText("Patient teacher")).toBeNull());
  expect(screen.getByText("Bullets")).toBeVisible();
  whose?.openDropdown();
  whose?.selectOptionByValue("mine");
  await waitFor(() => expect(asked.at(-1)?.query).toMatchObject({ public: "false" }));
});
