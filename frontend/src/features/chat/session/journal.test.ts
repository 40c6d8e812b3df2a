import { beforeEach, expect, test } from "vitest";
import { ApiError } from "@/api/errors";
import { soon } from "../testing/gateway";
import { message, reply } from "../testing/messages";
import { FakeSessions } from "../testing/sessions";
import type { Message } from "../types";
import { Album } from "./album";
import { Journal, type Saving } from "./journal";
import { Outbox } from "./outbox";

const QUESTION = message("m1");
const ANSWER = reply("m2", "m1", { status: "streaming", content: "" });

function kept() {
  const sessions = new FakeSessions();
  const outbox = new Outbox(window.sessionStorage);
  const states: Saving[] = [];
  const parted: [Message, Message | null][] = [];
  const album = new Album(sessions, "session-1");
  const journal = new Journal({ sessions, outbox, album }, "session-1", {
    revised: () => undefined,
    parted: (stored, copy) => parted.push([stored, copy]),
    saving: (state) => states.push(state),
  });
  return { sessions, outbox, states, parted, journal };
}

beforeEach(() => window.sessionStorage.clear());

test("an answer's progress is written after a second, its end at once", async () => {
  const { sessions, journal } = kept();
  journal.append([QUESTION, ANSWER], "m2");
  journal.update({ ...ANSWER, content: "a" });
  await soon();
  expect(sessions.calls).toEqual(["append"]);
  journal.update({ ...ANSWER, content: "ab", status: "complete" });
  await soon();
  expect(sessions.calls).toEqual(["append", "update"]);
  expect(sessions.stored.get("m2")).toMatchObject({ content: "ab", status: "complete" });
});

test("how far an answer is waits until the answer itself is written down", async () => {
  const { sessions, states, journal } = kept();
  journal.append([QUESTION, ANSWER], "m2");
  journal.update({ ...ANSWER, status: "complete" });
  const next = reply("m4", "m1", { status: "streaming", content: "" });
  journal.append([next], "m4");
  journal.update({ ...next, content: "b", status: "complete" });
  await soon();
  expect(sessions.calls).toEqual(["append", "update", "append", "update"]);
  expect([states.includes("refused"), sessions.stored.get("m4")?.content]).toEqual([false, "b"]);
});

test("what does not arrive is sent again until it does", async () => {
  const { sessions, outbox, states, journal } = kept();
  sessions.failures.push(new TypeError("no network"));
  journal.append([QUESTION], "m1");
  await soon();
  expect([states.at(-1), outbox.waiting("session-1")]).toEqual(["waiting", [QUESTION]]);
  await soon(2_100);
  expect([states.at(-1), sessions.texts()]).toEqual(["saved", ["m1"]]);
  expect(outbox.waiting("session-1")).toEqual([]);
});

test("what is refused is said, and does not hold up the rest", async () => {
  const { sessions, states, journal } = kept();
  sessions.failures.push(new ApiError(400, "InvalidInputError", "Too long."));
  journal.append([QUESTION], "m1");
  journal.append([message("m3")], "m3");
  await soon();
  expect([states.at(-1), sessions.texts()]).toEqual(["refused", ["m3"]]);
});

test("a revision that this tab's own last words made is written over", async () => {
  const { sessions, parted, journal } = kept();
  journal.append([QUESTION, ANSWER], "m2");
  await soon();
  sessions.stored.set("m2", { ...ANSWER, revision: 7, content: "a" });
  journal.update({ ...ANSWER, content: "ab", status: "complete" });
  await soon();
  expect(sessions.stored.get("m2")).toMatchObject({ content: "ab", revision: 8 });
  expect(parted).toEqual([]);
});

test("an answer that another tab ended is kept, and so is ours", async () => {
  const { sessions, parted, journal } = kept();
  journal.append([QUESTION, ANSWER], "m2");
  await soon();
  sessions.stored.set("m2", { ...ANSWER, revision: 7, content: "theirs", status: "stopped" });
  journal.update({ ...ANSWER, content: "ours", status: "complete" });
  await soon();
  expect(sessions.texts()).toEqual(["m1", "theirs", "ours"]);
  const [stored, copy] = parted[0] ?? [];
  expect([stored?.content, copy?.content, copy?.parentId]).toEqual(["theirs", "ours", "m1"]);
});

test("a page that is left writes how far its answer is", async () => {
  const { sessions, journal } = kept();
  journal.append([QUESTION, ANSWER], "m2");
  await soon();
  journal.update({ ...ANSWER, content: "Half" });
  journal.leave();
  await soon();
  expect(sessions.stored.get("m2")).toMatchObject({ content: "Half", status: "streaming" });
});
