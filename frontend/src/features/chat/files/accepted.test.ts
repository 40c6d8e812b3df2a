import { expect, test } from "vitest";
import { acceptOf, pastedFiles, sifted } from "./accepted";

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

test("a long paste becomes a file, but not where files are switched off", () => {
  const pasted = (words: string, files: File[] = []) => ({
    files: files as unknown as FileList,
    getData: () => words,
  });
  const long = pasted("x".repeat(8_000));
  expect(pastedFiles(long, ALL).map((file) => file.name)).toEqual(["Pasted.txt"]);
  expect(pastedFiles(long, { ...ALL, files: false })).toEqual([]);
  expect(pastedFiles(pasted("short"), ALL)).toEqual([]);
  expect(pastedFiles(pasted("", [PICTURE]), ALL)).toEqual([PICTURE]);
});
