import { expect, test } from "vitest";
import { caught, type UploadRequest } from "../testing/requests";
import { post, refusal } from "./post";

const FORM = { url: "https://bucket.example/", fields: { key: "uploads/a", policy: "p" } };
const FILE = new File(["text"], "a.txt");

function posting(signal?: AbortSignal) {
  const requests = caught();
  const shares: number[] = [];
  const done = post(FORM, FILE, (share) => shares.push(share), signal);
  return { done, shares, request: requests[0] as UploadRequest };
}

test("the form's fields come before its file, and progress is told", async () => {
  const { done, shares, request } = posting();
  request.upload.onprogress?.({ loaded: 1, total: 4 });
  request.answer();
  await done;
  expect([...(request.sent?.keys() ?? [])]).toEqual(["key", "policy", "file"]);
  expect(shares).toEqual([0.25]);
});

test("a refusal, a broken line and an end by the person are told apart", async () => {
  const refused = posting();
  refused.request.answer(400, "<Error><Code>EntityTooLarge</Code></Error>");
  await expect(refused.done).rejects.toThrow(/too large/);
  const broken = posting();
  broken.request.onerror?.();
  await expect(broken.done).rejects.toThrow(/network/);
  const ending = new AbortController();
  const ended = posting(ending.signal);
  ending.abort();
  await expect(ended.done).rejects.toThrow(expect.objectContaining({ name: "AbortError" }));
});

test("what S3 refuses for another reason is told with its code", () => {
  expect(refusal(403, "<Code>SignatureDoesNotMatch</Code>").message).toMatch(/403 Signature/);
  expect(refusal(403, "<Code>AccessDenied</Code>Policy expired.").message).toMatch(/in time/);
});
