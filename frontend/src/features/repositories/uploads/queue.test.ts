import { beforeEach, expect, test, vi } from "vitest";
import { type Destination, UploadQueue } from "./queue";

/** A browser's requests as far as uploads use them: each waits until it is answered. */
class Request {
  static all: Request[] = [];
  upload = {};
  status = 204;
  responseText = "";
  onload?: () => void;
  onabort?: () => void;
  constructor() {
    Request.all.push(this);
  }
  open() {}
  send() {}
  abort() {
    this.onabort?.();
  }
}

beforeEach(() => {
  Request.all = [];
  vi.stubGlobal("XMLHttpRequest", Request);
});

const file = (name: string, text = "text") => new File([text], name);
const FORM = { url: "https://bucket.example/", fields: {}, key: "uploads/a" };

function queueing(other: Partial<Destination> = {}) {
  const accepted: string[] = [];
  const queue = new UploadQueue({
    form: async () => FORM,
    accept: async (_, { name }) => accepted.push(name),
    mostBytes: 100,
    ...other,
  });
  const phases = () => queue.snapshot().map(({ phase }) => phase);
  return { queue, accepted, phases };
}

test("three files are sent at once, and the others after them", async () => {
  const { queue, accepted, phases } = queueing();
  queue.add(["a", "b", "c", "d"].map((name) => file(name)));
  await expect.poll(() => Request.all.length).toBe(3);
  expect(phases()).toEqual(["sending", "sending", "sending", "waiting"]);
  Request.all[0]?.onload?.();
  await expect.poll(() => Request.all.length).toBe(4);
  for (const request of Request.all.slice(1)) request.onload?.();
  await expect.poll(phases).toEqual(["done", "done", "done", "done"]);
  expect(accepted.sort()).toEqual(["a", "b", "c", "d"]);
});

test("a file that nobody accepts has failed, and may be tried again", async () => {
  const answers = [Promise.reject(new Error("Switched off.")), Promise.resolve()];
  const { queue, phases } = queueing({ accept: async () => answers.shift() });
  queue.add([file("a")]);
  await expect.poll(() => Request.all.length).toBe(1);
  Request.all[0]?.onload?.();
  await expect.poll(phases).toEqual(["failed"]);
  const [failed] = queue.snapshot();
  expect(failed?.problem).toBe("Switched off.");
  queue.retry(failed?.id ?? "");
  await expect.poll(() => Request.all.length).toBe(2);
  Request.all[1]?.onload?.();
  await expect.poll(phases).toEqual(["done"]);
});

test("one that is taken off the list is ended, and the next one begins", async () => {
  const { queue, phases } = queueing();
  queue.add(["a", "b", "c", "d"].map((name) => file(name)));
  await expect.poll(() => Request.all.length).toBe(3);
  queue.remove(queue.snapshot()[0]?.id ?? "");
  await expect.poll(() => Request.all.length).toBe(4);
  expect(phases()).toEqual(["sending", "sending", "sending"]);
});

test("whoever closes the window while files are under way is asked", async () => {
  const { queue, phases } = queueing();
  const closing = () => window.dispatchEvent(new Event("beforeunload", { cancelable: true }));
  queue.add([file("a"), file("empty", "")]);
  await expect.poll(() => Request.all.length).toBe(1);
  expect(closing()).toBe(false);
  Request.all[0]?.onload?.();
  await expect.poll(phases).toEqual(["done", "failed"]);
  expect(closing()).toBe(true);
});
