import { expect, test } from "vitest";
import { linesOf, pairsOf, typedLines, typedValue } from "./lines";

test("lines hold pairs, and values their types", () => {
  expect(pairsOf("A=1\n\n B = x=y")).toEqual({ A: "1", B: "x=y" });
  expect(pairsOf("A=1\nno pair")).toEqual({ wrong: "no pair" });
  expect(pairsOf("a-b=1")).toEqual({ wrong: "a-b=1" });
  expect(pairsOf("a-b=1", /^[a-z-]+$/)).toEqual({ "a-b": "1" });
  expect(linesOf({ a: 0.5, b: true })).toBe("a=0.5\nb=true");
  expect(["1", "-0.5", "true", "1e", ""].map(typedValue)).toEqual([1, -0.5, true, "1e", ""]);
});

test.each([
  "2026",
  "true",
  " x ",
  '"said"',
  "two\nlines",
  "plain words",
  "1e3",
  '"',
  7,
  -0.5,
  false,
])("%j comes back from its line as it was", (value) => {
  const lines = typedLines({ name: value });
  expect(lines.split("\n")).toHaveLength(1);
  const { name = "" } = pairsOf(lines) as Record<string, string>;
  expect(typedValue(name)).toBe(value);
});
