import { expect, test } from "vitest";
import { message, reply } from "../testing/messages";
import { usedBy } from "./usage";

const usage = { promptTokens: 90, completionTokens: 10, totalTokens: 100, cost: 0.5 };

test("the last answer's own count holds, and what came after is estimated", () => {
  const file = { name: "a", mediaType: "text/plain", tokens: 30, text: "" };
  const path = [
    message("q1", { content: "x".repeat(4_000) }),
    reply("a1", "q1", { usage }),
    message("q2", { content: "four", attachments: [file] }),
  ];
  expect(usedBy(path, "eight ch")).toEqual({ tokens: 133, cost: 0.5 });
});

test("without a count all is estimated", () => {
  expect(usedBy([message("q", { content: "four" })], "")).toEqual({ tokens: 1, cost: 0 });
  expect(usedBy([], "")).toEqual({ tokens: 0, cost: 0 });
});
