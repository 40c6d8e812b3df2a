import { expect, test } from "vitest";
import { shortcutOf } from "./useShortcuts";

const NONE = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };

test.each([
  [{ key: "O", ctrlKey: true, shiftKey: true }, "onNew"],
  [{ key: "k", metaKey: true }, "onSearch"],
  [{ key: "/", ctrlKey: true }, "onHelp"],
  [{ key: ".", ctrlKey: true }, "onSettings"],
  [{ key: "Escape", shiftKey: true }, "onPrompt"],
  [{ key: "r", ctrlKey: true }, null],
  [{ key: "k" }, null],
  [{ key: "k", ctrlKey: true, altKey: true }, null],
])("%j is %j", (event, name) => expect(shortcutOf({ ...NONE, ...event })).toBe(name));
