import { expect, test } from "vitest";
import { fieldsOfBody, namesIn } from "@/test/openapi";
import { ADMIN, USER } from "@/test/session";
import { draftRules, EMPTY, endOfDay, type TokenDraft, wishOf } from "./draft";

const NOW = endOfDay("2026-06-01") ?? 0;

function problems(draft: Partial<TokenDraft>, caller = USER): Record<string, string> {
  const read = draftRules(caller, NOW).safeParse({ ...EMPTY, name: "notebook", ...draft });
  const issues = read.error?.issues ?? [];
  return Object.fromEntries(issues.map((issue) => [issue.path.join("."), issue.message]));
}

test("a name is enough", () => {
  expect(problems({})).toEqual({});
  expect(wishOf({ ...EMPTY, name: " notebook " }, NOW)).toEqual([
    { name: "notebook", tokenExpiration: NOW + 90 * 86_400 },
  ]);
});

test.each([
  ["", "Say what the token is for."],
  ["a\u0007b", "Use characters that can be read."],
  ["x".repeat(101), "At most 100 characters."],
])("%j is no name", (name, message) => {
  expect(problems({ name })).toEqual({ name: message });
});

test("a token for somebody else needs a name of theirs", () => {
  expect(problems({ whose: "user" }, ADMIN)).toEqual({ username: "Say whose token it is." });
  const draft: TokenDraft = {
    ...EMPTY,
    name: "ci",
    whose: "system",
    username: "ci",
    groups: ["x"],
  };
  expect(wishOf({ ...draft, lasts: "never", groupNames: "x, y," }, NOW)).toEqual([
    { name: "ci", tokenExpiration: null, groups: ["x", "y"], isSystemToken: true },
    "ci",
  ]);
});

test.each([
  ["", "Choose a day."],
  ["2026-05-31", "Choose a day that is not over yet."],
  ["2027-06-03", "Choose a day within 365 days."],
])("%j is no day for an end", (date, message) => {
  expect(problems({ lasts: "date", date })).toEqual({ date: message });
});

test("an administrator's day may be far away", () => {
  expect(problems({ lasts: "date", date: "2036-01-01" }, ADMIN)).toEqual({});
});

test("a day ends with its last second, and only the models that were chosen may be called", () => {
  const draft: TokenDraft = { ...EMPTY, name: "a", lasts: "date", date: "2026-07-01" };
  const [wish, username] = wishOf({ ...draft, models: ["tiny-chat"] }, NOW);
  expect(wish).toEqual({
    name: "a",
    tokenExpiration: endOfDay("2026-07-01"),
    models: ["tiny-chat"],
  });
  expect(username).toBeUndefined();
});

test("every field of a token has its place", () => {
  const rights = { groupNames: "research", models: ["tiny-chat"] };
  const [wish] = wishOf({ ...EMPTY, name: "a", whose: "system", username: "ci", ...rights }, NOW);
  expect(namesIn(wish).sort()).toEqual(fieldsOfBody("CreateTokenFor").sort());
});
