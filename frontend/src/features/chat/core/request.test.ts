import { expect, test } from "vitest";
import { message, reply } from "../testing/messages";
import type { Setup } from "../types";
import { placed, requestFor } from "./request";
import { contentOf } from "./text";

const SETUP: Setup = { model: "tiny-chat", systemPrompt: "", parameters: {} };
const PATH = [message("q1"), reply("a1", "q1"), message("q2", { parentId: "a1" })];
const said = (path = PATH, setup = SETUP) =>
  requestFor(path, setup).messages.map((turn) => [turn.role, turn.content]);

test("a branch is sent as it was said, and only what was set", () => {
  expect(requestFor(PATH, SETUP)).toEqual({
    model: "tiny-chat",
    messages: [
      { role: "user", content: "q1" },
      { role: "assistant", content: "a1" },
      { role: "user", content: "q2" },
    ],
    stream: true,
    stream_options: { include_usage: true },
  });
});

test("every parameter that was set is sent, and no empty stop", () => {
  const parameters = { temperature: 0, top_k: 4, stop: ["", "END"], seed: 7, max_tokens: 5 };
  const request = requestFor(PATH, { ...SETUP, parameters });
  expect(request).toMatchObject({ ...parameters, stop: ["END"] });
  expect(requestFor(PATH, { ...SETUP, parameters: { stop: [""] } })).not.toHaveProperty("stop");
});

test("the system prompt comes first, whatever the history's length", () => {
  const setup = { ...SETUP, systemPrompt: "Be brief.", historyLength: 0 };
  expect(said(PATH, setup)).toEqual([
    ["system", "Be brief."],
    ["user", "q2"],
  ]);
});

test("a history that would begin with an answer begins with the question after it", () => {
  expect(said(PATH, { ...SETUP, historyLength: 1 })).toEqual([["user", "q2"]]);
  expect(said(PATH, { ...SETUP, historyLength: 2 })).toHaveLength(3);
});

test("the rest of an answer is asked for, and its parts are one turn", () => {
  const path = [message("q1"), reply("a1", "q1"), reply(" a2", "a1")];
  const turns = said(path);
  expect(turns.slice(0, 2)).toEqual([
    ["user", "q1"],
    ["assistant", "a1 a2"],
  ]);
  expect(turns[2]?.[0]).toBe("user");
});

test("an answer that never began is not sent", () => {
  const path = [message("q1"), reply("a1", "q1", { content: "" })];
  expect(said(path)).toEqual([["user", "q1"]]);
});

test("files go before the question, pictures after it", () => {
  const file = { name: 'a "b".md', mediaType: "text/markdown", tokens: 1, text: "Facts" };
  const content = contentOf("What is it?", ["data:image/png;base64,AA=="]);
  const [turn] = requestFor([message("q", { content, attachments: [file] })], SETUP).messages;
  expect(turn?.content).toEqual([
    { type: "text", text: `<document name="a 'b'.md">\nFacts\n</document>\n\nWhat is it?` },
    { type: "image_url", image_url: { url: "data:image/png;base64,AA==" } },
  ]);
});

test("a repository is named in the metadata, in strings", () => {
  const setup = { ...SETUP, repository: "demo", collection: "manuals", passages: 4 };
  const wished = { repository: "demo", collection: "manuals", top_k: "4" };
  expect(requestFor(PATH, setup).metadata).toEqual(wished);
});

test("an answer's place goes with what else is wished", () => {
  const request = requestFor(PATH, { ...SETUP, repository: "demo" });
  const place = { session: "session-1", message: "m-1" };
  expect(placed(request, place.session, place.message).metadata).toEqual({
    repository: "demo",
    ...place,
  });
});
