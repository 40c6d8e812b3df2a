import { afterEach, beforeEach, expect, test } from "vitest";
import type { Citation } from "../types";
import { pdfAt } from "./preview";
import { textOf } from "./useDocuments";

const kept: Blob[] = [];
const real = URL.createObjectURL;

beforeEach(() => {
  kept.length = 0;
  URL.createObjectURL = (blob) => {
    kept.push(blob as Blob);
    return "blob:here";
  };
});
afterEach(() => {
  URL.createObjectURL = real;
});

const answers = (body: string, status = 200) =>
  (async () => new Response(body, { status })) as typeof fetch;

test("a PDF is shown at its page, as a PDF and nothing else", async () => {
  expect(await pdfAt("https://s3", 3, answers("%PDF-1.7 …"))).toBe("blob:here#page=3");
  expect(kept[0]?.type).toBe("application/pdf");
  expect(await pdfAt("https://s3", undefined, answers("%PDF-1.7"))).toBe("blob:here");
});

test("what only is called a PDF is not shown", async () => {
  expect(await pdfAt("https://s3", 1, answers("<script>alert(1)</script>"))).toBeNull();
  expect(kept).toEqual([]);
});

test("a store that refuses is told", async () => {
  await expect(pdfAt("https://s3", 1, answers("", 403))).rejects.toThrow("answered 403");
});

test("a passage is found again by its document, pages and headings", () => {
  const citation = { document_id: "d", pages: [2], headings: ["A"] } as unknown as Citation;
  const doc = (documentId: string, pages: number[] | null, page_content: string) => {
    return { Document: { page_content, metadata: { documentId, pages, headings: ["A"] } } };
  };
  const docs = [doc("e", [2], "other"), doc("d", [3], "later"), doc("d", [2], "this")];
  expect(textOf(docs, citation)).toBe("this");
  expect(textOf(docs.slice(0, 2), citation)).toBeNull();
});
