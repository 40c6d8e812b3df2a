import { briefly, count } from "@/app/format";
import { eachDay } from "./question";
import type { Figures, Report, Row } from "./types";

/** A name for a token's id, where it is known. */
export type Names = ReadonlyMap<string, string>;

/** One line or bar of the chart in each of its stacks. */
interface Series {
  title: string;
  value: (figures: Figures) => number | null;
}

/** What the chart can show. */
export interface Metric {
  id: string;
  text: string;
  series: Series[];
  /** Amounts are stacked, and 0 where there is nothing; of times there is then no point at all. */
  stacked: boolean;
  format: (value: number) => string;
}

export const METRICS: [Metric, ...Metric[]] = [
  {
    id: "tokens",
    text: "Tokens",
    series: [
      { title: "Read", value: (one) => one.promptTokens },
      { title: "Written", value: (one) => one.completionTokens },
    ],
    stacked: true,
    format: briefly,
  },
  {
    id: "requests",
    text: "Requests",
    series: [
      { title: "Answered", value: (one) => one.requests - one.failures },
      { title: "Failed", value: (one) => one.failures },
    ],
    stacked: true,
    format: briefly,
  },
  {
    id: "latency",
    text: "Time to the answer",
    series: [
      { title: "Median", value: (one) => one.latency.p50 },
      { title: "95 of 100 below", value: (one) => one.latency.p95 },
    ],
    stacked: false,
    format: milliseconds,
  },
  {
    id: "first",
    text: "Time to the first token",
    series: [
      { title: "Median", value: (one) => one.firstToken.p50 },
      { title: "95 of 100 below", value: (one) => one.firstToken.p95 },
    ],
    stacked: false,
    format: milliseconds,
  },
];

const MOST_BARS = 15;
const LONGEST_NAME = 20;

/** Milliseconds as people read them: `840 ms`, `1.3 s`, `2.5 min`. */
export function milliseconds(value: number | null): string {
  if (value === null) return "none";
  if (value < 1000) return `${Math.round(value)} ms`;
  if (value < 60_000) return `${(value / 1000).toFixed(1)} s`;
  return `${(value / 60_000).toFixed(1)} min`;
}

/** Failures of requests as `2.5 %`. */
export function share(part: number, whole: number): string {
  if (whole === 0) return "none";
  if (part === 0) return "0 %";
  const percent = (100 * part) / whole;
  return percent < 0.1 ? "< 0.1 %" : `${percent.toFixed(1)} %`;
}

/** What a row is about: a day, or a name; a token's own name where it is known. */
export function nameOf(row: Row, by: Report["by"], names: Names): string {
  const name = row[by] ?? "";
  return (by === "token" && names.get(name)) || name || "unknown";
}

export interface Bar {
  name: string;
  figures: Figures | null;
}

/** The bars of a report: every day of its range, or the names with the most tokens. */
export function barsOf(report: Report, names: Names): Bar[] {
  if (report.by !== "day") {
    const shown = report.rows.slice(0, MOST_BARS);
    return shown.map((row) => ({ name: nameOf(row, report.by, names), figures: row }));
  }
  const byDay = new Map(report.rows.map((row) => [row.day, row]));
  const days = eachDay(report.from, report.to);
  return days.map((day) => ({ name: day, figures: byDay.get(day) ?? null }));
}

/** The points of a metric's series. A name that comes twice is told apart, as a chart needs it. */
export function pointsOf(bars: Bar[], { value }: Series, stacked: boolean) {
  const seen = new Map<string, number>();
  return bars.flatMap(({ name, figures }) => {
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    const y = (figures && value(figures)) ?? (stacked ? 0 : null);
    return y === null ? [] : [{ x: times > 1 ? `${name} (${times})` : name, y }];
  });
}

/** A name as it fits beside a bar; the table below has all of it. */
export function beside(name: string): string {
  return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name;
}

/** The sums that stand above the chart. */
export function tilesOf(total: Figures): { label: string; value: string }[] {
  return [
    { label: "Requests", value: count(total.requests) },
    { label: "Failed", value: share(total.failures, total.requests) },
    { label: "Tokens read", value: briefly(total.promptTokens) },
    { label: "Tokens written", value: briefly(total.completionTokens) },
    { label: "Taken from the cache", value: share(total.cachedTokens, total.promptTokens) },
    { label: "First token, median", value: milliseconds(total.firstToken.p50) },
  ];
}
