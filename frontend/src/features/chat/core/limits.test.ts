import { expect, test } from "vitest";
import { tooLarge } from "./limits";

const FILE = { name: "a", mediaType: "text/plain", tokens: 1, text: "x".repeat(400_000) };

test("what the service keeps may be sent", () => {
  expect(tooLarge("x".repeat(300_000), [], [], true)).toBeNull();
});

test("pictures lie beside their message, and not more than a request carries", () => {
  const photo = "x".repeat(900_000);
  expect(tooLarge("", Array(10).fill(photo), [], true)).toBeNull();
  expect(tooLarge("", Array(11).fill(photo), [], true)).toMatch(/10 pictures at most.*Remove some/);
});

test("what is more is said with what to do", () => {
  expect(tooLarge("", [], [FILE], true)).toMatch(/401 kB.*Summarise or remove a file/);
  expect(tooLarge("", [], [FILE], false)).toMatch(/kept\. Remove a file/);
  expect(tooLarge("ü".repeat(200_000), [], [], true)).toMatch(/Shorten it/);
});
