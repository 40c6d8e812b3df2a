import { expect, test } from "vitest";
import { fieldsOfBody, namesIn } from "@/test/openapi";
import { draftOf, draftRules, EMPTY, sharedWith, type TemplateDraft, wishOf } from "./draft";
import { template } from "./testing";

const DRAFT: TemplateDraft = { ...EMPTY, title: "A", body: "B" };

function problems(draft: Partial<TemplateDraft>): string[] {
  const issues = draftRules.safeParse({ ...DRAFT, ...draft }).error?.issues ?? [];
  return issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
}

test("title and prompt are needed, and bounded", () => {
  expect(problems({})).toEqual([]);
  expect(problems({ title: " " })).toEqual(["title: Give it a title."]);
  expect(problems({ title: "x".repeat(101) })).toEqual(["title: At most 100 characters."]);
  expect(problems({ body: "\n" })).toEqual(["body: Write the prompt."]);
  expect(problems({ body: "x".repeat(20_001) })).toEqual(["body: At most 20000 characters."]);
});

test("to share with groups is to name one", () => {
  expect(problems({ sharing: "groups", groupNames: " ," })).toEqual([
    "groupNames: Choose at least one group.",
  ]);
  expect(problems({ sharing: "groups", groupNames: "legal" })).toEqual([]);
});

test.each([
  ["private", [], "Nobody"],
  ["groups", ["group:legal", "group:research"], "legal, research"],
  ["public", ["lisa:public"], "Everybody"],
] as const)("what is %s is written as %j, and read back", (sharing, groups, words) => {
  const names = sharing === "groups" ? "legal, research" : "";
  const draft: TemplateDraft = { ...DRAFT, sharing, groupNames: names };
  expect(wishOf(draft).groups).toEqual(groups);
  expect(draftOf(template({ title: "A", body: "B", groups: [...groups] }))).toEqual(draft);
  expect(sharedWith({ groups: [...groups] })).toBe(words);
});

test("a prompt keeps its spaces, a title does not", () => {
  const wish = wishOf({ ...DRAFT, title: " A ", body: "  code\n" });
  expect(wish).toEqual({ title: "A", body: "  code\n", type: "persona", groups: [] });
});

test("every field of a template has its place", () => {
  const sent = namesIn({ ...wishOf(DRAFT), revision: 1 });
  expect(sent.sort()).toEqual(fieldsOfBody("TemplateChange").sort());
});
