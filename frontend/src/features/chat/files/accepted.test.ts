import { expect, test } from "vitest";
import { acceptOf, sifted } from "./accepted";

const PICTURE = new File(["x"], "a.png", { type: "image/png" });
const WORDS = new File(["x"], "a.txt", { type: "text/plain" });
const ALL = { files: true, pictures: true };

test("a browser offers what can be attached", () => {
  expect(acceptOf(ALL)).toMatch(/^\.pdf,.*,image\/\*$/);
  expect(acceptOf({ ...ALL, pictures: false })).not.toContain("image");
  expect(acceptOf({ ...ALL, files: false })).toBe("image/*");
  expect(acceptOf({ files: false, pictures: false })).toBe("");
});

test("what cannot be attached is left out, and it is said why", () => {
  const both = [PICTURE, WORDS];
  expect(sifted(both, ALL)).toEqual({ taken: both, refused: null });
  expect(sifted(both, { ...ALL, pictures: false })).toEqual({
    taken: [WORDS],
    refused: "This model takes no pictures.",
  });
  const { taken, refused } = sifted(both, { ...ALL, files: false });
  expect(taken).toEqual([PICTURE]);
  expect(refused).toMatch(/administrator has switched files off/);
});
