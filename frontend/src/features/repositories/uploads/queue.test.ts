import { expect, test } from "vitest";
import { caught } from "../testing/requests";
import { type Destination, UploadQueue } from "./queue";

const file = (name: string, text = "text") => new File([text], name);
const FORM = { url: "https://bucket.example/", fields: {}, key: "uploads/a" };

function queueing(other: Partial<Destination> = {}) {
  const accepted: string[] = [];
  const sent = caught();
  const queue = new UploadQueue({
    form: async () => FORM,
    accept: async (_, { name }) => accepted.push(name),
    mostBytes: 100,
    ...other,
  });
  const phases = () => queue.snapshot().map(({ phase }) => phase);
  return { queue, accepted, phases, sent };
}

test("three files are sent at once, and the others after them", async () => {
  const { queue, accepted, phases, sent } = queueing();
  queue.add(["a", "b", "c", "d"].map((name) => file(name)));
  await expect.poll(() => sent.length).toBe(3);
  expect(phases()).toEqual(["sending", "sending", "sending", "waiting"]);
  sent[0]?.answer();
  await expect.poll(() => sent.length).toBe(4);
  for (const request of sent.slice(1)) request.answer();
  await expect.poll(phases).toEqual(["done", "done", "done", "done"]);
  expect(accepted.sort()).toEqual(["a", "b", "c", "d"]);
});

test("a file that nobody accepts has failed, and may be tried again", async () => {
  const answers = [Promise.reject(new Error("Switched off.")), Promise.resolve()];
  const { queue, phases, sent } = queueing({ accept: async () => answers.shift() });
  queue.add([file("a")]);
  await expect.poll(() => sent.length).toBe(1);
  sent[0]?.answer();
  await expect.poll(phases).toEqual(["failed"]);
  const [failed] = queue.snapshot();
  expect(failed?.problem).toBe("Switched off.");
  queue.retry(failed?.id ?? "");
  await expect.poll(() => sent.length).toBe(2);
  sent[1]?.answer();
  await expect.poll(phases).toEqual(["done"]);
});

test("one that is taken off the list is ended, and the next one begins", async () => {
  const { queue, phases, sent } = queueing();
  queue.add(["a", "b", "c", "d"].map((name) => file(name)));
  await expect.poll(() => sent.length).toBe(3);
  queue.remove(queue.snapshot()[0]?.id ?? "");
  await expect.poll(() => sent.length).toBe(4);
  expect(phases()).toEqual(["sending", "sending", "sending"]);
});

test("whoever closes the window while files are under way is asked", async () => {
  const { queue, phases, sent } = queueing();
  const closing = () => window.dispatchEvent(new Event("beforeunload", { cancelable: true }));
  queue.add([file("a"), file("empty", "")]);
  await expect.poll(() => sent.length).toBe(1);
  expect(closing()).toBe(false);
  sent[0]?.answer();
  await expect.poll(phases).toEqual(["done", "failed"]);
  expect(closing()).toBe(true);
});
