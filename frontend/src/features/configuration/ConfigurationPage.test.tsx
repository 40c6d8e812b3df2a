import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { network, refusal } from "@/test/api";
import { ADMIN, shown } from "@/test/session";
import ConfigurationPage from "./ConfigurationPage";
import { DEFAULTS } from "./defaults";
import { version } from "./testing";
import type { Version } from "./types";

const GET = "GET /v1/configuration";
const PUT = "PUT /v1/configuration/global";
const SERVED = { "GET /v2/serve/models": { data: [{ id: "tiny-chat" }] } };

/** A server that keeps what is saved. */
function keeping(...first: Version[]) {
  const versions = [...first];
  const asked = network({
    ...SERVED,
    [GET]: () => versions,
    [PUT]: ({ body }) => {
      const { configuration } = body as Version;
      versions.unshift(version((versions[0]?.versionId ?? 0) + 1, configuration));
      return versions[0] ?? {};
    },
  });
  return { versions, saved: () => asked.filter((one) => one.route === PUT).map((one) => one.body) };
}

async function save(reason = "") {
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  const dialog = await screen.findByRole("dialog");
  if (reason) await userEvent.type(within(dialog).getByRole("textbox", { name: "Why" }), reason);
  await userEvent.click(within(dialog).getByRole("button", { name: "Save" }));
}

test("a switch takes those that need it along, and is saved with a reason", async () => {
  const server = keeping(version(0));
  shown(<ConfigurationPage />, ADMIN);
  await userEvent.click(await screen.findByRole("checkbox", { name: /Attach files/ }));
  expect(screen.getByRole("checkbox", { name: /Summarise/ })).toBeDisabled();
  expect(screen.getByText("Needs “Attach files to a conversation”.")).toBeVisible();
  await save("audit");
  await screen.findByText("The configuration was saved, and holds for everybody.");
  const enabledComponents = {
    ...DEFAULTS.enabledComponents,
    uploadContextDocs: false,
    documentSummarization: false,
  };
  const configuration = { ...DEFAULTS, enabledComponents };
  expect(server.saved()).toEqual([{ configuration, changeReason: "audit", versionId: 0 }]);
  expect(screen.getByRole("button", { name: "Save" })).toBeDisabled();
});

test("what somebody else saved meanwhile is told, and brought in beside one's own", async () => {
  let mine = false;
  const theirs = version(2, { global: { defaultModel: "tiny-chat" } });
  const asked = network({
    ...SERVED,
    [GET]: () => (mine ? [theirs, version(1)] : [version(1)]),
    [PUT]: () => {
      mine = true;
      return refusal(409, "ConflictError", "Version 2 was saved meanwhile.");
    },
  });
  shown(<ConfigurationPage />, ADMIN);
  await userEvent.click(await screen.findByRole("checkbox", { name: /Compare models/ }));
  await save();
  expect(await screen.findByText("grace saved version 2 meanwhile")).toBeVisible();
  expect(screen.getByText(/They changed: Default model: “tiny-chat”/)).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Bring theirs in" }));
  await save();
  const last = asked.filter((one) => one.route === PUT).at(-1)?.body as Version;
  expect(last.versionId).toBe(2);
  expect(last.configuration.global.defaultModel).toBe("tiny-chat");
  expect(last.configuration.enabledComponents.enableModelComparisonUtility).toBe(false);
});

test("colours that cannot be read are not saved", async () => {
  keeping(version(0));
  shown(<ConfigurationPage />, ADMIN);
  const color = await screen.findByRole("textbox", { name: "Text colour" });
  await userEvent.clear(color);
  await userEvent.type(color, "#ffffff");
  expect(screen.getByText(/the contrast is 1\.0, and 4\.5 is needed/)).toBeVisible();
  expect(screen.getByRole("button", { name: "Save" })).toBeDisabled();
});

test("an earlier version is restored as a new one", async () => {
  const server = keeping(version(2, { global: { defaultModel: "tiny-chat" } }), version(1));
  shown(<ConfigurationPage />, ADMIN);
  await userEvent.click(await screen.findByRole("button", { name: "Restore version 1" }));
  const dialog = await screen.findByRole("dialog");
  expect(within(dialog).getByText("Default model: none")).toBeVisible();
  await userEvent.click(within(dialog).getByRole("button", { name: "Restore" }));
  await waitFor(() => expect(server.versions).toHaveLength(3));
  expect(server.saved()).toEqual([
    { configuration: DEFAULTS, changeReason: "Restored version 1", versionId: 2 },
  ]);
});

test("a change is taken back by hand", async () => {
  keeping(version(1));
  shown(<ConfigurationPage />, ADMIN);
  const toggle = await screen.findByRole("checkbox", { name: /Make API tokens/ });
  await userEvent.click(toggle);
  await userEvent.click(screen.getByRole("button", { name: "Discard" }));
  expect(toggle).toBeChecked();
});

test("where it cannot be loaded, the page says why", async () => {
  network({ [GET]: refusal(503, "Unavailable", "The table is busy.") });
  shown(<ConfigurationPage />, ADMIN);
  expect(await screen.findByText("The table is busy.")).toBeVisible();
});
