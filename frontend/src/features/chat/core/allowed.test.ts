import { expect, test } from "vitest";
import { DEFAULTS } from "@/features/configuration/defaults";
import type { Switch } from "@/features/configuration/types";
import type { Setup } from "../types";
import { permitted } from "./allowed";

const SETUP: Setup = {
  model: "tiny-chat",
  systemPrompt: "Be short.",
  parameters: { temperature: 0 },
  historyLength: 4,
  repository: "handbook",
  collection: "c1",
  passages: 3,
};
const without = (...off: Switch[]) => {
  const switches = Object.fromEntries(off.map((name) => [name, false]));
  return { ...DEFAULTS.enabledComponents, ...switches };
};

test("all that was set holds while everything is on", () => {
  expect(permitted(SETUP, DEFAULTS.enabledComponents)).toEqual(SETUP);
});

test.each<[Switch, (keyof Setup)[]]>([
  ["editChatHistoryBuffer", ["historyLength"]],
  ["ragSelectionAvailable", ["repository", "collection"]],
  ["editNumOfRagDocument", ["passages"]],
])("without %s nobody asks with %j", (name, fields) => {
  const left = { ...SETUP };
  for (const field of fields) delete left[field];
  expect(permitted(SETUP, without(name))).toEqual(left);
});

test("without parameters a model does as it does, with its system prompt", () => {
  expect(permitted(SETUP, without("editKwargs"))).toEqual({ ...SETUP, parameters: {} });
});

test("other switches change nothing of it", () => {
  expect(permitted(SETUP, without("viewMetaData", "uploadContextDocs"))).toEqual(SETUP);
});
