import { namesIn } from "@/app/names";
import { z } from "@/app/zod";
import type { Caller } from "@/auth/caller";
import type { TokenWish } from "./types";

const DAY = 86_400;
/** How long a token of somebody who is no administrator lasts at most. */
export const MOST_DAYS = 365;

/** For whom: the caller, another person, or a program. */
export type Whose = "mine" | "user" | "system";
/** Days as text, a date of the calendar, or for ever. */
export type Lasts = "7" | "30" | "90" | "365" | "date" | "never";

/**
 * What the form for a new token holds. `date` is `yyyy-mm-dd`; an empty list says "all";
 * `groups` are the caller's own, `groupNames` those of somebody else, with commas between them.
 */
export interface TokenDraft {
  name: string;
  whose: Whose;
  username: string;
  lasts: Lasts;
  date: string;
  groups: string[];
  groupNames: string;
  models: string[];
}

export const EMPTY: TokenDraft = {
  name: "",
  whose: "mine",
  username: "",
  lasts: "90",
  date: "",
  groups: [],
  groupNames: "",
  models: [],
};

const printable = (most: number, what: string) =>
  z
    .string()
    .trim()
    .min(1, `Say ${what}.`)
    .max(most, `At most ${most} characters.`)
    .regex(/^[^\p{C}\p{Zl}\p{Zp}]*$/u, "Use characters that can be read.");

/** The rules of a draft at a moment (Unix seconds), which are those of the API. */
export function draftRules(caller: Caller, now: number) {
  return z
    .object({
      name: printable(100, "what the token is for"),
      whose: z.enum(["mine", "user", "system"]),
      username: z.string(),
      lasts: z.enum(["7", "30", "90", "365", "date", "never"]),
      date: z.string(),
      groups: z.array(z.string()).max(100, "At most 100 groups."),
      groupNames: z.string(),
      models: z.array(z.string()).max(100, "At most 100 models."),
    })
    .superRefine((draft, context) => {
      const wrong = (path: keyof TokenDraft, message: string) =>
        context.addIssue({ code: "custom", path: [path], message });
      if (draft.whose !== "mine") {
        const name = printable(256, "whose token it is").safeParse(draft.username);
        if (!name.success) wrong("username", name.error.issues[0]?.message ?? "");
      }
      const problem = endProblem(draft, caller, now);
      if (problem) wrong("date", problem);
    });
}

/** What is wrong with the day that was chosen, if one was. */
export function endProblem(
  { lasts, date }: Pick<TokenDraft, "lasts" | "date">,
  caller: Caller,
  now: number,
): string | null {
  if (lasts !== "date") return null;
  const end = endOfDay(date);
  if (end === null) return "Choose a day.";
  if (end <= now) return "Choose a day that is not over yet.";
  if (!caller.admin && end > now + MOST_DAYS * DAY) {
    return `Choose a day within ${MOST_DAYS} days.`;
  }
  return null;
}

/** The last second of a day in the person's own time zone; null for what is no day. */
export function endOfDay(date: string): number | null {
  const at = new Date(`${date}T23:59:59`).getTime();
  return Number.isNaN(at) ? null : Math.floor(at / 1000);
}

/** The body that a draft makes, and for which user; undefined: for the caller. */
export function wishOf(draft: TokenDraft, now: number): [wish: TokenWish, username?: string] {
  const wish: TokenWish = { name: draft.name.trim(), tokenExpiration: endOf(draft, now) };
  const groups = draft.whose === "mine" ? draft.groups : namesIn(draft.groupNames);
  if (groups.length > 0) wish.groups = groups;
  if (draft.models.length > 0) wish.models = draft.models;
  if (draft.whose === "mine") return [wish];
  return [{ ...wish, isSystemToken: draft.whose === "system" }, draft.username.trim()];
}

/** When a draft's token ends, in Unix seconds; null is never. */
export function endOf(draft: Pick<TokenDraft, "lasts" | "date">, now: number): number | null {
  if (draft.lasts === "never") return null;
  if (draft.lasts === "date") return endOfDay(draft.date);
  return Math.floor(now) + Number(draft.lasts) * DAY;
}
