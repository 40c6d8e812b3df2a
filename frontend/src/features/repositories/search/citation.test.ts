import { expect, test } from "vitest";
import { CITATION, searchAnswer } from "../testing/samples";
import { passageOf, questionFor } from "./citation";

test("the passage is the one at the same place of the same document", () => {
  expect(passageOf(CITATION, searchAnswer())).toBe("Thirty days a year.");
  expect(passageOf({ ...CITATION, pages: [4, 4] }, searchAnswer())).toBeUndefined();
  expect(passageOf({ ...CITATION, document_id: "other" }, searchAnswer())).toBeUndefined();
});

test("without a question the passage is looked for by what stands above it", () => {
  expect(questionFor(CITATION, " ")).toBe("Leave Rules Leave");
  expect(questionFor(CITATION, "How much?")).toBe("How much?");
  expect(questionFor(CITATION, "x".repeat(9000))).toHaveLength(4000);
});
