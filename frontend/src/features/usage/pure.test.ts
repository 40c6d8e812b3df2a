import { expect, test } from "vitest";
import { csvOf, fileName } from "./csv";
import { barsOf, beside, METRICS, milliseconds, nameOf, pointsOf, share, tilesOf } from "./figures";
import { eachDay, FIRST, kindsFor, queryOf, type Range, rangeProblem } from "./question";
import { figures, report } from "./testing";

const NOW = Date.parse("2026-11-30T23:30:00Z");
const days = (startDate: string, endDate: string): Range => ({
  type: "absolute",
  startDate,
  endDate,
});
const [TOKENS] = METRICS;

test("the last 30 days are asked for, today included, in UTC", () => {
  expect(queryOf(FIRST, NOW)).toEqual({ from: "2026-11-01", to: "2026-11-30", by: "day" });
});

test("days of the calendar and filters are asked for as they are", () => {
  const range = days("2026-01-01", "2026-01-31");
  const asked = queryOf({ range, by: "model", filters: { user: "ada" } }, NOW);
  expect(asked).toEqual({ from: "2026-01-01", to: "2026-01-31", by: "model", user: "ada" });
});

test.each([
  [null, "Choose the days."],
  [days("2026-01-01", ""), "Choose the first and the last day."],
  [days("2026-01-02", "2026-01-01"), "The first day is after the last one."],
  [days("2025-01-01", "2026-02-05"), "Choose 400 days at most."],
  [days("2025-01-01", "2026-02-04"), null],
  [{ type: "relative", amount: 401 } as const, "Choose 400 days at most."],
])("%j: %s", (range, problem) => {
  expect(rangeProblem(range, NOW)).toBe(problem);
});

test("days are counted over the ends of months, and none between days the wrong way round", () => {
  expect(eachDay("2026-02-27", "2026-03-01")).toEqual(["2026-02-27", "2026-02-28", "2026-03-01"]);
  expect(eachDay("2026-03-01", "2026-02-27")).toEqual([]);
});

test("only administrators ask by user and group", () => {
  expect(kindsFor(false).map((kind) => kind.by)).toEqual(["day", "model", "token"]);
  expect(kindsFor(true).map((kind) => kind.by)).toContain("group");
});

test("days without requests are bars of nothing, and have no times", () => {
  const used = { day: "2026-11-02", ...figures({ promptTokens: 7 }) };
  const bars = barsOf(report("day", [used]), new Map());
  const [read] = TOKENS.series;
  expect(read && pointsOf(bars, read, true)).toEqual([
    { x: "2026-11-01", y: 0 },
    { x: "2026-11-02", y: 7 },
    { x: "2026-11-03", y: 0 },
  ]);
  expect(read && pointsOf(bars, read, false)).toEqual([{ x: "2026-11-02", y: 7 }]);
});

test("tokens go by their names where they are known, and equal names stay two bars", () => {
  const rows = ["1", "2", "3"].map((token) => ({ token, ...figures({}) }));
  const names = new Map([
    ["1", "notebook"],
    ["2", "notebook"],
  ]);
  const bars = barsOf(report("token", rows), names);
  const [read] = TOKENS.series;
  const found = read ? pointsOf(bars, read, true) : [];
  expect(found.map((point) => point.x)).toEqual(["notebook", "notebook (2)", "3"]);
  expect(nameOf(figures({}), "user", names)).toBe("unknown");
});

test("the most used 15 are drawn", () => {
  const rows = Array.from({ length: 20 }, (_, at) => ({ user: `u${at}`, ...figures({}) }));
  expect(barsOf(report("user", rows), new Map())).toHaveLength(15);
});

test.each([
  [null, "none"],
  [840.4, "840 ms"],
  [1340, "1.3 s"],
  [150_000, "2.5 min"],
])("%s milliseconds are %s", (value, words) => {
  expect(milliseconds(value)).toBe(words);
});

test.each([
  [0, 0, "none"],
  [0, 5, "0 %"],
  [1, 40, "2.5 %"],
  [1, 100_000, "< 0.1 %"],
])("%s of %s is %s", (part, whole, words) => {
  expect(share(part, whole)).toBe(words);
});

test("a long name is shortened beside its bar", () => {
  expect(beside("7f2e5733-8e81-4045-b12a-84aefebd2b77")).toBe("7f2e5733-8e81-4045-…");
  expect(beside("nightly")).toBe("nightly");
});

test("sums are told for people", () => {
  const total = figures({ requests: 1200, failures: 30, promptTokens: 1_500_000 });
  const told = Object.fromEntries(tilesOf(total).map(({ label, value }) => [label, value]));
  expect(told).toMatchObject({ Requests: "1,200", Failed: "2.5 %", "Tokens read": "1.5M" });
});

test("a table for spreadsheets has no formulas in it, and quotes what needs it", () => {
  const names = ["=1+1", 'a "b", c', "-x"];
  const table = csvOf(
    report(
      "user",
      names.map((user) => ({ user, ...figures({ requests: 2 }) })),
    ),
    new Map(),
  );
  const [header, ...lines] = table.split("\r\n");
  expect(header).toMatch(/^user,requests,failures,/);
  expect(lines.map((line) => line.split(",2,0,")[0])).toEqual(["'=1+1", '"a ""b"", c"', "'-x", ""]);
});

test("a token's line has its id and its name", () => {
  const rows = [{ token: "1", ...figures({}) }];
  const table = csvOf(report("token", rows), new Map([["1", "notebook"]]));
  expect(table.split("\r\n")[1]).toMatch(/^1,notebook,0,/);
  expect(fileName(report("token", []))).toBe("usage-by-token-2026-11-01-2026-11-03.csv");
});
