import { expect, test } from "vitest";
import { errorOf, sentence } from "./errors";

test("what is wrong with fields is part of the sentence", () => {
  const details = [{ field: "name", message: "is too long" }, { message: "ask less" }, {}];
  const error = errorOf(422, { error: "ValidationError", message: "Not valid.", details });
  expect(sentence(error)).toBe("Not valid. name: is too long ask less");
});

test("OpenAI's shape is read, and an answer of no shape at all", () => {
  const gateway = errorOf(429, { error: { message: "Slow down.", code: "rate_limit" } });
  expect([gateway.name, sentence(gateway)]).toEqual(["rate_limit", "Slow down."]);
  expect(sentence(errorOf(502, null))).toBe("The server answered 502. Try again.");
});

test("what stands before our functions does not say what to do: the page does", () => {
  const refused = errorOf(401, { message: "Unauthorized" });
  expect(sentence(refused)).toBe(
    "Your sign-in is no longer taken. Load the page again to sign in.",
  );
  expect(sentence(errorOf(429, { message: "Too Many Requests" }))).toMatch(/Wait a moment/);
});
