import { expect, test } from "vitest";
import { bytes, pageRange } from "./format";

test.each([
  [0, "0 B"],
  [999, "999 B"],
  [1_400, "1.4 kB"],
  [52_428_800, "52 MB"],
  [3e12, "3000 GB"],
])("%d bytes are %s", (count, text) => {
  expect(bytes(count)).toBe(text);
});

test("pages are told as a range, and not at all where there are none", () => {
  expect([pageRange([2, 2]), pageRange([2, 4]), pageRange(null)]).toEqual([
    "page 2",
    "pages 2–4",
    "",
  ]);
});
