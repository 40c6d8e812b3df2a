import type { Message, Timing, Usage } from "../types";

const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

export function tokens(count: number): string {
  if (count < 1_000) return whole.format(count);
  if (count < 1_000_000) return `${short.format(count / 1_000)}k`;
  return `${short.format(count / 1_000_000)}M`;
}

/** Return an amount of US dollars; what is below a cent keeps two digits. */
export function cost(dollars: number): string {
  if (dollars === 0) return "$0";
  if (dollars < 0.01) return `$${Number(dollars.toPrecision(2)).toFixed(6).replace(/0+$/, "")}`;
  return `$${dollars.toFixed(2)}`;
}

export function seconds(milliseconds: number): string {
  if (milliseconds < 1_000) return `${whole.format(milliseconds)} ms`;
  return `${short.format(milliseconds / 1_000)} s`;
}

/** Return how many tokens came each second once they came, null where that cannot be said. */
export function rate(usage: Usage, timing: Timing): number | null {
  const spent = timing.totalMs - timing.firstTokenMs;
  if (usage.completionTokens < 2 || spent < 50) return null;
  return ((usage.completionTokens - 1) * 1_000) / spent;
}

/** Return what is known of an answer, for the line below it. */
export function facts(message: Message): string[] {
  const { model, usage, timing } = message;
  const speed = usage && timing ? rate(usage, timing) : null;
  return [
    model,
    usage && `${tokens(usage.promptTokens)} in, ${tokens(usage.completionTokens)} out`,
    usage?.cachedTokens && `${tokens(usage.cachedTokens)} cached`,
    usage?.cost !== undefined && `about ${cost(usage.cost)}`,
    timing && timing.firstTokenMs > 0 && `first token ${seconds(timing.firstTokenMs)}`,
    timing && `${seconds(timing.totalMs)} in all`,
    speed && `${short.format(speed)} tokens/s`,
  ].filter((fact): fact is string => typeof fact === "string");
}

/** Return roughly how many tokens a text is; of English, four letters are one. */
export function estimate(text: string): number {
  return Math.ceil(new TextEncoder().encode(text).length / 4);
}

export interface Fill {
  used: number;
  window: number;
  /** 0 to 100. */
  percent: number;
  /** From 80 % on. */
  nearlyFull: boolean;
}

/** Return how much of a model's context window is taken, null where nobody knows the window. */
export function fill(used: number, window: number | undefined): Fill | null {
  if (!window) return null;
  const percent = Math.min(100, Math.round((used / window) * 100));
  return { used, window, percent, nearlyFull: percent >= 80 };
}
