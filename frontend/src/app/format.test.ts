import { expect, test } from "vitest";
import { briefly, count, day, moment, some } from "./format";
import { namesIn } from "./names";

test("numbers and moments are written for people", () => {
  expect([count(1234567), briefly(1234567), briefly(999)]).toEqual(["1,234,567", "1.2M", "999"]);
  expect([some(1, "match", "matches"), some(2, "match", "matches")]).toEqual([
    "1 match",
    "2 matches",
  ]);
  expect(moment("2026-11-20T10:00:00")).toMatch(/^Nov 20, 2026, 10:00.AM$/);
  expect([day("2026-11-20T10:00:00"), day("never")]).toEqual(["Nov 20, 2026", "unknown"]);
});

test("names are told apart by commas, each once", () => {
  expect(namesIn(" research,legal , ,research")).toEqual(["research", "legal"]);
  expect(namesIn("")).toEqual([]);
});
