/** By what usage is listed. */
export type By = "day" | "model" | "user" | "token" | "group";

/** Milliseconds; null where there was nothing. */
export interface Times {
  mean: number | null;
  p50: number | null;
  p95: number | null;
  p99: number | null;
}

export interface Figures {
  requests: number;
  failures: number;
  /** Answers that told no tokens, so that the totals are too low. */
  unmetered: number;
  promptTokens: number;
  completionTokens: number;
  cachedTokens: number;
  totalTokens: number;
  latency: Times;
  firstToken: Times;
}

/** The figures of one day, model, user, token or group, under the key of that name. */
export type Row = Figures & Partial<Record<By, string>>;

export interface Report {
  /** The first and the last day, both included, as `yyyy-mm-dd` of UTC. */
  from: string;
  to: string;
  by: By;
  filters: Partial<Record<By, string>>;
  total: Figures;
  rows: Row[];
  /** How many rows were left out because there are too many. */
  omitted: number;
}
