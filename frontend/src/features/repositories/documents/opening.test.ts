import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openAtPage, showable } from "./opening";

const replace = vi.fn();
const close = vi.fn();
let clicked: string[] = [];

beforeEach(() => {
  clicked = [];
  vi.stubGlobal("open", () => ({ location: { replace }, close }));
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    clicked.push(this.href);
  });
  URL.createObjectURL = (blob) => `blob:${(blob as Blob).type}`;
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  replace.mockClear();
  close.mockClear();
});

test("a PDF opens at its page, as a PDF whatever the store calls it", async () => {
  vi.stubGlobal(
    "fetch",
    async () => new Response("%PDF", { headers: { "content-type": "text/html" } }),
  );
  await openAtPage("application/pdf", 3, async () => "https://bucket.example/a");
  expect(replace).toHaveBeenCalledWith("blob:application/pdf#page=3");
});

test("where the store lets no page read a file, it is downloaded", async () => {
  vi.stubGlobal("fetch", async () => {
    throw new TypeError("CORS");
  });
  await openAtPage("application/pdf", 3, async () => "https://bucket.example/a");
  expect(clicked).toEqual(["https://bucket.example/a"]);
  expect([replace.mock.calls.length, close.mock.calls.length]).toEqual([0, 1]);
});

test("markup is shown as text, and Office files are not shown", () => {
  expect(showable("text/html")).toMatch(/^text\/plain/);
  expect(showable("application/xml")).toMatch(/^text\/plain/);
  expect(showable("application/vnd.openxmlformats-officedocument.wordprocessingml.document")).toBe(
    undefined,
  );
  expect(showable(null)).toBeUndefined();
});

test("a refusal closes the window that was opened for it", async () => {
  const refused = openAtPage("application/pdf", 1, async () => {
    throw new Error("gone");
  });
  await expect(refused).rejects.toThrow("gone");
  expect(close).toHaveBeenCalledOnce();
});
