import { expect, test } from "vitest";
import { countOf, entered, stopsOf } from "./parameters";

const SHARE = { least: 0, most: 1 };

test.each([
  ["", {}],
  [" 0.5 ", { value: 0.5 }],
  ["0,5", { value: 0.5 }],
  ["0", { value: 0 }],
  ["1.1", { error: "Enter a number from 0 to 1, or nothing." }],
  ["much", { error: "Enter a number from 0 to 1, or nothing." }],
])("%j is %j", (text, result) => expect(entered(text, SHARE)).toEqual(result));

// promise: chat.parameters
test("what is counted is whole", () => {
  const range = { least: 1, most: 9, whole: true };
  expect(entered("1.5", range).error).toBe("Enter a whole number from 1 to 9, or nothing.");
  expect(entered("9", range)).toEqual({ value: 9 });
});

test("each line ends an answer, four at most", () => {
  expect(stopsOf("END\n\n ###\nc\nd\ne")).toEqual(["END", " ###", "c", "d"]);
  expect(stopsOf("\n")).toBeUndefined();
});

test("what is left to the model does not count", () => {
  expect(countOf({ temperature: 0, seed: undefined })).toBe(1);
});
