import { expect, test } from "vitest";
import { message } from "../testing/messages";
import { messageId } from "./identity";
import { contentOf, nameFrom, picturesOf, textOf } from "./text";

test("words and pictures come out as they went in", () => {
  const content = contentOf("See", ["data:image/png;base64,AA=="]);
  const said = message("m", { content });
  expect([textOf(said), picturesOf(said)]).toEqual([
    "See",
    [{ url: "data:image/png;base64,AA==" }],
  ]);
  expect(contentOf("See", [])).toBe("See");
});

test.each([
  ["  What\n is  this? ", "What is this?"],
  ["", "New chat"],
  ["word ".repeat(30), `${"word ".repeat(11)}word…`],
  ["x".repeat(80), `${"x".repeat(60)}…`],
])("%j names a session", (text, name) => {
  expect(nameFrom(text)).toBe(name);
});

test("ids have the service's shape and sort as they were made", () => {
  const made = Array.from({ length: 200 }, () => messageId(1_764_500_000_000));
  expect(made.every((id) => /^m-[0-9A-HJKMNP-TV-Z]{26}$/.test(id))).toBe(true);
  expect([...made].sort()).toEqual(made);
  expect(new Set(made).size).toBe(200);
});
