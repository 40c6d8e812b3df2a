import { afterEach, beforeEach, expect, test } from "vitest";
import { isPicture, pictureAt } from "./reading";

const real = globalThis.fetch;
let answer: () => Response;

beforeEach(() => {
  globalThis.fetch = async () => answer();
});
afterEach(() => {
  globalThis.fetch = real;
});

function served(kind: string, status = 200): () => Response {
  return () => new Response("abc", { status, headers: { "content-type": kind } });
}

test("a picture comes as a data URL", async () => {
  answer = served("image/png");
  expect(await pictureAt("https://bucket.example/a")).toBe("data:image/png;base64,YWJj");
});

test.each([
  ["what is gone", served("application/xml", 403)],
  ["what can run", served("image/svg+xml")],
  ["what is no picture", served("text/html")],
  [
    "what nobody answers for",
    () => {
      throw new TypeError("no network");
    },
  ],
])("%s is said with what to do", async (_, says) => {
  answer = says;
  await expect(pictureAt("https://bucket.example/a")).rejects.toThrow(
    /could not be read\. Check your connection, then try again/,
  );
});

test("only what runs nothing is shown", () => {
  expect(isPicture("data:image/webp;base64,AA==")).toBe(true);
  expect(isPicture("data:image/svg+xml;base64,AA==")).toBe(false);
  expect(isPicture("javascript:alert(1)")).toBe(false);
});
