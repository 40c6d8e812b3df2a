import type { Parameters } from "../types";

type Numeric = Exclude<keyof Parameters, "stop" | "reasoning_effort">;

/** A number that may be set. Its bounds are those of the providers that take the widest range. */
export interface Field {
  name: Numeric;
  label: string;
  explained: string;
  least: number;
  most: number;
  whole?: boolean;
}

export const FIELDS: readonly Field[] = [
  {
    name: "temperature",
    label: "Temperature",
    explained: "0 is the most likely words, more is more varied.",
    least: 0,
    most: 2,
  },
  {
    name: "top_p",
    label: "Top p",
    explained: "Only the likeliest words that together have this share.",
    least: 0,
    most: 1,
  },
  {
    name: "top_k",
    label: "Top k",
    explained: "Only so many of the likeliest words. Not every provider takes it.",
    least: 1,
    most: 1_000,
    whole: true,
  },
  {
    name: "max_tokens",
    label: "Longest answer",
    explained: "In tokens.",
    least: 1,
    most: 1_000_000,
    whole: true,
  },
  {
    name: "frequency_penalty",
    label: "Frequency penalty",
    explained: "More makes words rarer the more often they were used.",
    least: -2,
    most: 2,
  },
  {
    name: "presence_penalty",
    label: "Presence penalty",
    explained: "More makes words rarer that were used at all.",
    least: -2,
    most: 2,
  },
  {
    name: "seed",
    label: "Seed",
    explained: "The same number brings the same answer, as far as the provider can.",
    least: 0,
    most: 4_294_967_295,
    whole: true,
  },
];

export const EFFORTS = ["none", "minimal", "low", "medium", "high"] as const;

export const MOST_STOPS = 4;

export interface Entered {
  /** What it is; undefined leaves it to the model. */
  value?: number;
  error?: string;
}

/** Return the number that somebody typed, or why it is none. */
export function entered(text: string, range: Pick<Field, "least" | "most" | "whole">): Entered {
  const trimmed = text.trim().replace(",", ".");
  if (trimmed === "") return {};
  const value = Number(trimmed);
  const { least, most, whole } = range;
  if (Number.isFinite(value) && value >= least && value <= most && !(whole && value % 1 !== 0)) {
    return { value };
  }
  return { error: `Enter a ${whole ? "whole " : ""}number from ${least} to ${most}, or nothing.` };
}

/** Return the texts that end an answer, one on each line that somebody typed. */
export function stopsOf(text: string): string[] | undefined {
  const lines = text.split("\n").filter((line) => line !== "");
  return lines.length > 0 ? lines.slice(0, MOST_STOPS) : undefined;
}

/** Return how many things are set otherwise than the model does by itself. */
export function countOf(parameters: Parameters): number {
  return Object.values(parameters).filter((value) => value !== undefined).length;
}
