import type { By, Figures, Report, Row } from "./types";

const NONE = { mean: null, p50: null, p95: null, p99: null };

/** Figures for tests, of which only what matters is said. */
export function figures(told: Partial<Figures>): Figures {
  return {
    requests: 0,
    failures: 0,
    unmetered: 0,
    promptTokens: 0,
    completionTokens: 0,
    cachedTokens: 0,
    totalTokens: 0,
    latency: NONE,
    firstToken: NONE,
    ...told,
  };
}

export function report(by: By, rows: Row[], told: Partial<Report> = {}): Report {
  const total = figures({ requests: 3 });
  return {
    from: "2026-11-01",
    to: "2026-11-03",
    by,
    filters: {},
    total,
    rows,
    omitted: 0,
    ...told,
  };
}
