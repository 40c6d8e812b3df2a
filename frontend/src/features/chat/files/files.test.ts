import { afterEach, beforeEach, expect, test } from "vitest";
import { apiOf } from "@/api/client";
import { ENVIRONMENT, USER } from "@/test/session";
import { type Post, readFile, summarise } from "./files";
import { attached, type Item } from "./useAttachments";

// It takes the `fetch` that is there when it is made.
const api = () => apiOf({ environment: ENVIRONMENT, caller: USER, token: () => "token" });
const FILE = new File(["text"], "minutes.txt", { type: "text/plain" });
const { signal } = new AbortController();

let answers: unknown[];
let asked: string[];
const real = globalThis.fetch;

beforeEach(() => {
  [answers, asked] = [[], []];
  globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    asked.push(`${request.method} ${new URL(request.url).pathname} ${await request.text()}`.trim());
    const headers = { "content-type": "application/json" };
    return new Response(JSON.stringify(answers.shift()), { headers });
  };
});
afterEach(() => {
  globalThis.fetch = real;
});

test("a file is posted with its form's fields, and read for the model", async () => {
  const read = { name: "minutes.txt", mediaType: "text/plain", tokens: 1, text: "text" };
  const rest = { truncated: false, fits: true, warnings: [] };
  answers = [
    { key: "k/minutes.txt", url: "https://s3.example", fields: { policy: "p" } },
    { ...read, ...rest, characters: 4 },
  ];
  const sent: [string, string[]][] = [];
  const post: Post = async (url, form) => {
    sent.push([url, [...form.keys()]]);
  };
  const found = await readFile(api(), FILE, "tiny-chat", () => undefined, signal, post);
  expect(found).toEqual({ ...read, ...rest, key: "k/minutes.txt" });
  // S3 takes nothing that comes after the file.
  expect(sent).toEqual([["https://s3.example", ["policy", "file"]]]);
  expect(asked[1]).toBe('POST /v1/attachment {"key":"k/minutes.txt","model":"tiny-chat"}');
});

test("a summary is waited for, and how far it is is told", async () => {
  const progress = (done: number) => ({ done, parts: 4 });
  answers = [
    { summaryId: "s", status: "PENDING", progress: progress(0) },
    { summaryId: "s", status: "IN_PROGRESS", progress: progress(2) },
    { summaryId: "s", status: "COMPLETED", progress: progress(4), summary: "Short" },
  ];
  const shares: number[] = [];
  const summary = await summarise(api(), "k", "m", (share) => shares.push(share), signal, 1);
  expect([summary, shares]).toEqual(["Short", [0.5, 1]]);
  expect(asked.map((one) => one.split(" ")[1])).toEqual([
    "/v1/summary",
    "/v1/summary/s",
    "/v1/summary/s",
  ]);
});

test("why there is no summary is said with what to do", async () => {
  const reason = { code: "X", message: "It is empty.", fix: "Take another." };
  answers = [{ summaryId: "s", status: "FAILED", progress: { done: 0, parts: 0 }, reason }];
  const failed = summarise(api(), "k", "m", () => undefined, signal, 1);
  await expect(failed).rejects.toThrow("It is empty. Take another.");
});

test("only what is ready goes with a message, and a summary instead of its file", () => {
  const read = { name: "a", mediaType: "t", tokens: 9, text: "long", key: "k" };
  const whole = { ...read, truncated: false, fits: null, warnings: [] };
  const item = (fields: Partial<Item>): Item => ({
    id: "1",
    file: FILE,
    state: "ready",
    ...fields,
  });
  const { files, images } = attached([
    item({ read: whole }),
    item({ read: whole, summary: "four" }),
    item({ image: "data:image/png;base64,AA==" }),
    item({ state: "failed", read: whole }),
    item({ state: "busy" }),
  ]);
  expect(files.map((file) => [file.name, file.text, file.tokens])).toEqual([
    ["a", "long", 9],
    ["Summary of a", "four", 1],
  ]);
  expect(images).toEqual(["data:image/png;base64,AA=="]);
});
