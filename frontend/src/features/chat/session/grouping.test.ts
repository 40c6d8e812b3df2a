import { expect, test } from "vitest";
import type { Summary } from "../types";
import { grouped } from "./grouping";

const NOW = new Date(2026, 10, 30, 9, 0);
const session = (sessionId: string, at: Date, pinned = false) =>
  ({ sessionId, lastUpdated: at.toISOString(), pinned }) as Summary;

test("sessions are grouped by the days of the person who looks", () => {
  const groups = grouped(
    [
      session("now", NOW),
      session("pinned", new Date(2020, 1, 1), true),
      session("midnight", new Date(2026, 10, 30)),
      session("yesterday", new Date(2026, 10, 29, 23, 59)),
      session("week", new Date(2026, 10, 24, 0, 0)),
      session("older", new Date(2026, 10, 23, 23, 59)),
    ],
    NOW,
  );
  expect(
    groups.map(({ title, sessions }) => [title, sessions.map((one) => one.sessionId)]),
  ).toEqual([
    ["Pinned", ["pinned"]],
    ["Today", ["now", "midnight"]],
    ["Yesterday", ["yesterday"]],
    ["Last 7 days", ["week"]],
    ["Older", ["older"]],
  ]);
});

test("nothing makes no groups", () => expect(grouped([], NOW)).toEqual([]));
