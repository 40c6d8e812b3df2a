import { expect, test } from "vitest";
import type { Citation } from "../types";
import { isPdf, pagesOf, sourcesOf } from "./sources";

const citation = (number: number, cited: boolean, pages: number[] | null = null): Citation => ({
  type: "url_citation",
  url_citation: { title: "Handbook", url: "s3://b/Hand.PDF", start_index: 0, end_index: 0 },
  cited,
  number,
  document_id: "d",
  repository: "demo",
  headings: [],
  pages,
  score: 0.5,
});

test("a passage that is cited twice is one source", () => {
  const found = sourcesOf([citation(2, true), citation(2, true), citation(1, true, [3])]);
  expect(found.cited.map(({ number, place }) => [number, place])).toEqual([
    [1, "p. 3"],
    [2, ""],
  ]);
});

test("what was found and not cited is told apart", () => {
  const { cited, others } = sourcesOf([citation(1, true), citation(3, false)]);
  expect([cited.length, others.map((one) => one.number)]).toEqual([1, [3]]);
});

test.each([
  [null, ""],
  [[], ""],
  [[4], "p. 4"],
  [[5, 3], "p. 3–5"],
])("pages %j are %j", (pages, words) => expect(pagesOf(pages)).toBe(words));

test("a PDF is known by its name", () => {
  const text = { ...citation(1, true) };
  text.url_citation = { ...text.url_citation, url: "s3://b/a.txt" };
  expect([isPdf(citation(1, true)), isPdf(text)]).toEqual([true, false]);
});
