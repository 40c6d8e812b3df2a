import { expect, test, vi } from "vitest";
import { post, refusal } from "./post";

const FORM = { url: "https://bucket.example/", fields: { key: "uploads/a", policy: "p" } };
const FILE = new File(["text"], "a.txt");

/** A browser's request as far as `post` uses it; what becomes of it is the test's to say. */
class Request {
  static last: Request;
  upload: { onprogress?: (event: { loaded: number; total: number }) => void } = {};
  status = 204;
  responseText = "";
  sent?: FormData;
  onload?: () => void;
  onerror?: () => void;
  onabort?: () => void;
  constructor() {
    Request.last = this;
  }
  open() {}
  send(data: FormData) {
    this.sent = data;
  }
  abort() {
    this.onabort?.();
  }
}

function posting(signal?: AbortSignal) {
  vi.stubGlobal("XMLHttpRequest", Request);
  const shares: number[] = [];
  const done = post(FORM, FILE, (share) => shares.push(share), signal);
  return { done, shares, request: Request.last };
}

test("the form's fields come before its file, and progress is told", async () => {
  const { done, shares, request } = posting();
  request.upload.onprogress?.({ loaded: 1, total: 4 });
  request.onload?.();
  await done;
  expect([...(request.sent?.keys() ?? [])]).toEqual(["key", "policy", "file"]);
  expect(shares).toEqual([0.25]);
});

test("a refusal, a broken line and an end by the person are told apart", async () => {
  const refused = posting();
  refused.request.status = 400;
  refused.request.responseText = "<Error><Code>EntityTooLarge</Code></Error>";
  refused.request.onload?.();
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
