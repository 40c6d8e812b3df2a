import { expect, test } from "vitest";
import { fieldsOfBody, namesIn } from "@/test/openapi";
import { changes, merged } from "./changes";
import { contrast } from "./contrast";
import { complete, DEFAULTS } from "./defaults";
import { problemsOf } from "./problems";
import { installed, labelOf, SWITCHES, switchesOf, turned } from "./switches";
import type { Configuration } from "./types";

const banner = (told: Partial<Configuration["systemBanner"]>): Configuration => ({
  ...DEFAULTS,
  systemBanner: { ...DEFAULTS.systemBanner, ...told },
});
const model = (defaultModel: string): Configuration => ({ ...DEFAULTS, global: { defaultModel } });

test("every switch can be turned on the page", () => {
  const names = SWITCHES.flatMap((group) => group.switches.map((one) => one.name));
  expect(names.sort()).toEqual(Object.keys(DEFAULTS.enabledComponents).sort());
});

test("what needs a switch goes off with it, and does not come back by itself", () => {
  const off = turned(DEFAULTS.enabledComponents, "ragSelectionAvailable", false);
  expect([off.editNumOfRagDocument, off.uploadRagDocs, off.showRagLibrary]).toEqual([
    false,
    false,
    true,
  ]);
  const on = turned(off, "ragSelectionAvailable", true);
  expect([on.ragSelectionAvailable, on.uploadRagDocs]).toEqual([true, false]);
});

test.each([
  ["#000000", "#ffffff", 21],
  ["#777777", "#ffffff", 4.48],
  ["#ffffff", "#ffffff", 1],
])("the contrast of %s and %s is %s", (one, other, ratio) => {
  expect(contrast(one, other)).toBeCloseTo(ratio, 2);
  expect(contrast(other, one)).toBeCloseTo(ratio, 2);
});

test("the default banner can be read", () => {
  expect(problemsOf(DEFAULTS)).toEqual({});
});

test("what is wrong with a banner is said where it is wrong", () => {
  expect(problemsOf(banner({ isEnabled: true })).text).toBe("Say what it tells.");
  expect(problemsOf(banner({ text: "x".repeat(501) })).text).toBe("At most 500 characters.");
  expect(problemsOf(banner({ backgroundColor: "red" }))).toHaveProperty("backgroundColor");
  expect(problemsOf(banner({ textColor: "url(//x)" }))).toHaveProperty("textColor");
});

test("colours that are nearly enough do not read as enough", () => {
  const near = banner({ textColor: "#777777", backgroundColor: "#ffffff" });
  expect(problemsOf(near).textColor).toMatch(/contrast is 4\.4, and 4\.5 is needed/);
});

test("an announcement needs words, and not too many", () => {
  const told = (message: string) => ({ ...DEFAULTS, announcement: { isEnabled: true, message } });
  expect(problemsOf(told(" ")).message).toBe("Say what is announced.");
  expect(problemsOf(told("x".repeat(501))).message).toBe("At most 500 characters.");
});

test("changes are told in words", () => {
  const after = {
    ...model("tiny-chat"),
    enabledComponents: turned(DEFAULTS.enabledComponents, "uploadContextDocs", false),
  };
  expect(changes(DEFAULTS, after)).toEqual([
    `${labelOf("uploadContextDocs")}: off`,
    `${labelOf("documentSummarization")}: off`,
    "Default model: “tiny-chat”",
  ]);
  expect(changes(after, DEFAULTS)).toContain("Default model: none");
});

test("two people's changes both hold; where they met, the later one's do", () => {
  const mine = { ...model("mine"), announcement: { isEnabled: true, message: "Hello" } };
  const theirs = {
    ...banner({ text: "Secret", isEnabled: true }),
    global: { defaultModel: "their" },
  };
  const both = merged(DEFAULTS, mine, theirs);
  expect(both.systemBanner.text).toBe("Secret");
  expect(both.announcement.message).toBe("Hello");
  expect(both.global.defaultModel).toBe("mine");
  expect(theirs.global.defaultModel).toBe("their");
});

test("what a saved configuration does not know yet has its default", () => {
  const read = complete({ global: { defaultModel: "a" } });
  expect(read).toEqual(model("a"));
});

test("every field of a configuration is known here, and every switch has its place", () => {
  expect(namesIn(DEFAULTS).sort()).toEqual(fieldsOfBody("Configuration-Input").sort());
  const switches = SWITCHES.flatMap((part) => part.switches.map(({ name }) => name));
  expect(switches.sort()).toEqual(namesIn(DEFAULTS.enabledComponents).sort());
});

test("switches of what is not installed are off, and not shown", () => {
  const everything = Object.fromEntries(
    Object.keys(DEFAULTS.enabledComponents).map((name) => [name, true]),
  ) as typeof DEFAULTS.enabledComponents;
  const left = installed(everything, ["models", "serve", "ui"]);
  const on = Object.entries(left).flatMap(([name, value]) => (value ? [name] : []));
  const shown = switchesOf(["models", "serve", "ui"]).flatMap((group) => group.switches);
  expect(shown.map((one) => one.name)).toEqual(["modelLibrary", "enableUserApiTokens"]);
  expect(on.sort()).toEqual(["enableUserApiTokens", "modelLibrary"]);
  expect(installed(everything, ["models", "serve", "rag", "chat", "ui"])).toEqual(everything);
});
