import type { Message } from "../types";
import { estimate } from "./format";
import { textOf } from "./text";

export interface Used {
  /** About how many tokens the next question goes with. */
  tokens: number;
  /** In US dollars, of the answers that tell it. */
  cost: number;
}

/** Return what a branch and the text that is being written take of a model's context. */
export function usedBy(path: readonly Message[], writing: string): Used {
  const cost = path.reduce((sum, message) => sum + (message.usage?.cost ?? 0), 0);
  const at = path.findLastIndex((message) => message.usage !== undefined);
  const counted = at >= 0 ? (path[at]?.usage?.totalTokens ?? 0) : 0;
  const since = path.slice(at + 1).map(sizeOf);
  return { tokens: since.reduce((sum, one) => sum + one, counted) + estimate(writing), cost };
}

function sizeOf(message: Message): number {
  const files = (message.attachments ?? []).reduce((sum, file) => sum + file.tokens, 0);
  return estimate(textOf(message)) + files;
}
