import { beforeEach, expect, test } from "vitest";
import { contentOf, textOf } from "../core/text";
import { FakeGateway, soon } from "../testing/gateway";
import { message, reply } from "../testing/messages";
import { FakeSessions } from "../testing/sessions";
import type { Setup } from "../types";
import { Conversation } from "./conversation";
import { Outbox } from "./outbox";
import { BLANK } from "./view";

const SETUP = { model: "tiny-chat", systemPrompt: "", parameters: { temperature: 0.5 } };

function begun(sessions = new FakeSessions(), setup: Setup = SETUP) {
  const gateway = new FakeGateway();
  const outbox = new Outbox(window.sessionStorage);
  const schedule = (show: () => void) => {
    show();
    return () => undefined;
  };
  const services = { sessions, gateway, outbox, schedule };
  const chat = new Conversation("session-1", services, setup);
  const texts = () => chat.snapshot().path.map(textOf);
  const last = () => chat.snapshot().path.at(-1) ?? message("none");
  return { chat, gateway, sessions, texts, last };
}

async function answered(text = "Yes") {
  const all = begun();
  all.chat.send("Is it?");
  await soon();
  all.gateway.says(text, "stop");
  all.gateway.done();
  await soon();
  return all;
}

beforeEach(() => window.sessionStorage.clear());

test("a question and its answer are shown, sent and kept", async () => {
  const { chat, gateway, sessions, texts, last } = await answered();
  expect(texts()).toEqual(["Is it?", "Yes"]);
  expect(gateway.asked[0]).toMatchObject({ model: "tiny-chat", temperature: 0.5 });
  expect(sessions.texts()).toEqual(["Is it?", "Yes"]);
  expect(last()).toMatchObject({ status: "complete", model: "tiny-chat", revision: 2 });
  expect(sessions.changes[0]).toEqual({ name: "Is it?", configuration: SETUP });
  expect(chat.snapshot()).toMatchObject({ live: null, saving: "saved" });
});

test("stopping keeps what came and closes the request", async () => {
  const { chat, gateway, sessions, last } = begun();
  chat.send("Is it?");
  await soon();
  gateway.says("It");
  await soon();
  chat.stop();
  await soon();
  expect([gateway.aborted, last().status, last().content]).toEqual([true, "stopped", "It"]);
  expect(sessions.stored.get(last().messageId)).toMatchObject({ status: "stopped", content: "It" });
});

test("another answer is a version beside the first", async () => {
  const { chat, gateway, texts, last } = await answered();
  const first = last();
  chat.regenerate(first, "other-model");
  await soon();
  gateway.says("No", "stop");
  gateway.done();
  await soon();
  expect(texts()).toEqual(["Is it?", "No"]);
  expect([last().parentId, last().model]).toEqual([first.parentId, "other-model"]);
  chat.choose(last(), -1);
  expect(texts()).toEqual(["Is it?", "Yes"]);
});

test("an edited question begins a branch and keeps the other", async () => {
  const { chat, gateway, sessions, texts } = await answered();
  const question = chat.snapshot().path[0] ?? message("none");
  chat.edit(question, "Is it not?");
  await soon();
  gateway.done();
  await soon();
  expect(texts()).toEqual(["Is it not?", ""]);
  expect(sessions.texts()).toContain("Is it?");
  expect(gateway.asked[1]?.messages).toEqual([{ role: "user", content: "Is it not?" }]);
});

test("a refusal is kept with the answer that did not come", async () => {
  const { chat, gateway, sessions, last } = begun();
  gateway.refuse(503, { error: { code: "model_unavailable", message: "It is starting." } });
  chat.send("Is it?");
  await soon();
  const error = { code: "model_unavailable", message: "It is starting." };
  expect(last()).toMatchObject({ status: "failed", error });
  expect(sessions.stored.get(last().messageId)?.status).toBe("failed");
});

test("an answer that was cut off says so and goes on in a message of its own", async () => {
  const { chat, gateway, texts, last } = begun();
  chat.send("Tell");
  await soon();
  gateway.says("Once upon", "length");
  gateway.done();
  await soon();
  expect(last().error?.code).toBe("length");
  chat.goOn(last());
  await soon();
  gateway.says(" a time", "stop");
  gateway.done();
  await soon();
  expect(texts()).toEqual(["Tell", "Once upon", " a time"]);
  expect(gateway.asked[1]?.messages).toHaveLength(3);
});

test("what streamed when the tab closed is there on return, and can be gone on with", async () => {
  const sessions = new FakeSessions();
  sessions.stored.set("m1", message("m1", { revision: 1 }));
  const half = reply("m2", "m1", { status: "streaming", content: "Half", revision: 4 });
  sessions.stored.set("m2", half);
  const { chat, gateway, texts } = begun(sessions);
  await chat.load();
  expect(texts()).toEqual(["m1", "Half"]);
  chat.goOn(half);
  await soon();
  gateway.says(" and half", "stop");
  gateway.done();
  await soon();
  expect(sessions.stored.get("m2")?.status).toBe("stopped");
  expect(texts()).toEqual(["m1", "Half", " and half"]);
});

test("a session that is not there is none to write in", async () => {
  const { chat, texts } = begun();
  await chat.load();
  expect([chat.snapshot().state, texts()]).toEqual(["missing", []]);
});

test("what another tab said is taken over when this one is looked at", async () => {
  const { chat, sessions, texts, last } = await answered();
  const more = message("z9", { parentId: last().messageId, content: "And now?", revision: 1 });
  sessions.stored.set("z9", more);
  await chat.refresh();
  expect(chat.snapshot().tree.messages.z9).toEqual(more);
  expect(texts()).toEqual(["Is it?", "Yes", "And now?"]);
});

test("a message that did not arrive before a reload is sent again", async () => {
  const outbox = new Outbox(window.sessionStorage);
  outbox.put("session-1", [message("m1", { content: "Lost?" })]);
  const { chat, sessions, texts } = begun();
  await chat.load();
  await soon();
  expect([texts(), sessions.texts()]).toEqual([["Lost?"], ["Lost?"]]);
  expect(outbox.waiting("session-1")).toEqual([]);
});

test("one answer comes at a time", async () => {
  const { chat, gateway, texts } = begun();
  chat.send("One");
  chat.send("Two");
  await soon();
  gateway.done();
  expect(texts()).toEqual(["One", ""]);
});

test("a photo is kept beside its message, and goes whole to the model each time", async () => {
  const { chat, gateway, sessions } = begun();
  const photo = `data:image/jpeg;base64,${"A".repeat(20_000)}`;
  chat.send("What is it?", [photo]);
  await soon();
  gateway.says("A cat", "stop");
  gateway.done();
  await soon();
  expect(sessions.calls.slice(0, 2)).toEqual(["attach", "append"]);
  expect(JSON.stringify(sessions.texts())).not.toContain(photo);
  const answer = chat.snapshot().path.at(-1);
  if (answer) chat.regenerate(answer);
  await soon();
  expect(gateway.asked).toHaveLength(2);
  for (const asked of gateway.asked) expect(JSON.stringify(asked)).toContain(photo);
});

test("a picture that cannot be read is why there is no answer", async () => {
  const sessions = new FakeSessions();
  const content = contentOf("See", [{ url: "data:text/html,x", picture: "p1" }]);
  sessions.stored.set("m1", message("m1", { content, revision: 1 }));
  sessions.stored.set("m2", reply("m2", "m1", { revision: 1 }));
  sessions.activeLeaf = "m2";
  const { chat, gateway, last } = begun(sessions);
  await chat.load();
  chat.regenerate(last());
  await soon(50);
  expect(gateway.asked).toEqual([]);
  expect(last()).toMatchObject({ status: "failed", error: { code: "picture" } });
});

test("an answer is asked anew of the model that gave it where none was kept", async () => {
  const sessions = new FakeSessions();
  sessions.stored.set("m1", message("m1", { revision: 1 }));
  sessions.stored.set("m2", reply("m2", "m1", { revision: 1, model: "big-chat" }));
  sessions.activeLeaf = "m2";
  const { chat, gateway, last } = begun(sessions, BLANK);
  await chat.load();
  chat.regenerate(last());
  await soon();
  expect(gateway.asked[0]?.model).toBe("big-chat");
});

test("what has arrived unnoticed is not sent again", async () => {
  const sessions = new FakeSessions();
  const said = message("m1", { revision: 1 });
  sessions.stored.set("m1", said);
  new Outbox(window.sessionStorage).put("session-1", [message("m1")]);
  const { chat } = begun(sessions);
  await chat.load();
  await soon();
  expect(sessions.calls).toEqual(["get", "messages"]);
  expect(new Outbox(window.sessionStorage).waiting("session-1")).toEqual([]);
});
