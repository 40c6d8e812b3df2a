import { type Names, nameOf } from "./figures";
import type { Report, Row } from "./types";

const COLUMNS: [string, (row: Row) => number | null][] = [
  ["requests", (row) => row.requests],
  ["failures", (row) => row.failures],
  ["unmetered", (row) => row.unmetered],
  ["promptTokens", (row) => row.promptTokens],
  ["completionTokens", (row) => row.completionTokens],
  ["cachedTokens", (row) => row.cachedTokens],
  ["totalTokens", (row) => row.totalTokens],
  ["latencyMeanMs", (row) => row.latency.mean],
  ["latencyP50Ms", (row) => row.latency.p50],
  ["latencyP95Ms", (row) => row.latency.p95],
  ["firstTokenP50Ms", (row) => row.firstToken.p50],
  ["firstTokenP95Ms", (row) => row.firstToken.p95],
];

/** A report as a table that spreadsheets read (RFC 4180). */
export function csvOf(report: Report, names: Names): string {
  const { by } = report;
  const named = by === "token" ? ["token", "name"] : [by];
  const lines = report.rows.map((row) => [
    ...(by === "token" ? [row.token ?? "", nameOf(row, by, names)] : [nameOf(row, by, names)]),
    ...COLUMNS.map(([, value]) => value(row) ?? ""),
  ]);
  const header = [...named, ...COLUMNS.map(([name]) => name)];
  return [header, ...lines].map((line) => `${line.map(cell).join(",")}\r\n`).join("");
}

export function fileName({ by, from, to }: Report): string {
  return `usage-by-${by}-${from}-${to}.csv`;
}

/** A cell; a name that a spreadsheet would take for a formula is marked as text. */
function cell(value: string | number): string {
  if (typeof value === "number") return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
