import type { Asked, By } from "./types";

export const LONGEST_DAYS = 400;
const DAY = 86_400_000;

/** By what usage can be narrowed down. */
export type Filter = Exclude<By, "day">;

/** The last so many days, today included, or days of the calendar (`yyyy-mm-dd`, both included). */
export type Range =
  | { type: "relative"; amount: number }
  | { type: "absolute"; startDate: string; endDate: string };

export interface Question {
  range: Range;
  by: By;
  filters: Partial<Record<Filter, string>>;
}

export const FIRST: Question = { range: { type: "relative", amount: 30 }, by: "day", filters: {} };

const KINDS: { by: By; text: string; plural: string; everybody?: true }[] = [
  { by: "day", text: "Day", plural: "days" },
  { by: "model", text: "Model", plural: "models" },
  { by: "token", text: "Token", plural: "tokens" },
  { by: "user", text: "User", plural: "users", everybody: true },
  { by: "group", text: "Group", plural: "groups", everybody: true },
];

/** What a caller can ask by: only administrators see usage that is not their own. */
export function kindsFor(admin: boolean) {
  return KINDS.filter((kind) => admin || !kind.everybody);
}

export function kindOf(by: By) {
  return KINDS.find((kind) => kind.by === by) ?? { by, text: by, plural: by };
}

/** The query of the API; `now` is in milliseconds. Days are those of UTC, as the API counts them. */
export function queryOf(question: Question, now: number): Asked {
  const { by, filters } = question;
  return { ...daysOf(question.range, now), by, ...filters };
}

export function daysOf(range: Range, now: number): { from: string; to: string } {
  if (range.type === "absolute") return { from: range.startDate, to: range.endDate };
  return { from: dayAt(now - (range.amount - 1) * DAY), to: dayAt(now) };
}

/** What is wrong with a range, in words; null for one that can be asked for. */
export function rangeProblem(range: Range | null, now: number): string | null {
  if (!range) return "Choose the days.";
  const { from, to } = daysOf(range, now);
  if (!from || !to) return "Choose the first and the last day.";
  if (from > to) return "The first day is after the last one.";
  const days = (Date.parse(to) - Date.parse(from)) / DAY + 1;
  return days > LONGEST_DAYS ? `Choose ${LONGEST_DAYS} days at most.` : null;
}

/** Every day of a range, the first and the last included. */
export function eachDay(from: string, to: string): string[] {
  const [first, last] = [Date.parse(from), Date.parse(to)];
  const days = Math.floor((last - first) / DAY) + 1;
  if (!(days > 0)) return [];
  return Array.from({ length: days }, (_, index) => dayAt(first + index * DAY));
}

function dayAt(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
