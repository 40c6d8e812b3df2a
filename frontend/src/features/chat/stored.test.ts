import { expect, test } from "vitest";
import type { components } from "@/api/schema";
import { messageOf } from "./stored";
import { CITATION, reply } from "./testing/messages";

type Stored = components["schemas"]["MessageView"];

const stored = (fields: Partial<Stored>) => ({ ...reply("m1", "m0"), revision: 2, ...fields });

test("what another client stored as null is left out, but a first message has no parent", () => {
  const usage = { promptTokens: 1, completionTokens: 2, totalTokens: 3 };
  const nothing = { model: null, reasoning: null, citations: null, error: null, parameters: null };
  const message = stored({
    ...nothing,
    parentId: null,
    usage: { ...usage, cost: null, cachedTokens: null },
    timing: { firstTokenMs: null, totalMs: 12 },
  });
  expect(messageOf(message)).toEqual({ ...reply("m1", "m0"), parentId: null, revision: 2, usage });
  expect(Object.keys(messageOf(message))).not.toContain("timing");
});

test("what this page stored comes back whole, and what is no citation does not", () => {
  const told: Partial<Stored> = {
    model: "tiny-chat",
    citations: [CITATION],
    error: { code: "x", message: "It broke." },
    timing: { firstTokenMs: 5, totalMs: 12 },
    parameters: { temperature: 0.2 },
  };
  expect(messageOf(stored(told))).toEqual(stored(told));
  const citations = [{ url: "https://elsewhere" }, CITATION];
  expect(messageOf(stored({ citations })).citations).toEqual([CITATION]);
});
