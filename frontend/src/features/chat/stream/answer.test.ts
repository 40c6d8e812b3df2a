import { expect, test } from "vitest";
import { requestFor } from "../core/request";
import { FakeGateway, soon } from "../testing/gateway";
import { message } from "../testing/messages";
import { answer } from "./answer";
import { type Delta, joined } from "./chunk";
import { type AnswerFailed, failureOf } from "./failure";

const REQUEST = requestFor([message("q")], { model: "m", systemPrompt: "", parameters: {} });

function asked(gateway = new FakeGateway()) {
  const abort = new AbortController();
  let whole: Delta = {};
  const hear = (delta: Delta) => {
    whole = joined(whole, delta);
  };
  const end = answer(gateway, REQUEST, hear, abort.signal).catch((error) => error);
  return { gateway, abort, end, heard: () => whole };
}

test("words come as they are sent, wherever the bytes break", async () => {
  const { gateway, end, heard } = asked();
  await soon();
  gateway.send('data: {"choices":[{"delta":{"content":"Hé');
  gateway.send('llo"}}]}\r\n\r\n: comment\n\ndata: [DO');
  await soon();
  expect(heard().content).toBe("Héllo");
  gateway.send("NE]\n\n");
  expect(await end).toBeUndefined();
});

test("who has heard all does not hang up before the gateway does", async () => {
  const { gateway, end } = asked();
  await soon();
  gateway.says("All.", "stop");
  gateway.send("data: [DONE]\n\n");
  expect(await end).toBeUndefined();
  await soon();
  expect(gateway.cancelled).toBe(false);
  gateway.close();
});

test("reasoning, usage and citations are heard beside the words", async () => {
  const { gateway, end, heard } = asked();
  await soon();
  gateway.chunk({ choices: [{ delta: { reasoning_content: "Hm." } }] });
  gateway.says("Yes [1]", "stop");
  const citation = { number: 1, document_id: "d", repository: "r", url_citation: { title: "T" } };
  gateway.chunk({ choices: [{ delta: { annotations: [citation, { number: "2" }] } }] });
  const counts = { prompt_tokens: 3, completion_tokens: 2, cost: 0.1 };
  gateway.chunk({
    choices: [],
    usage: { ...counts, prompt_tokens_details: { cached_tokens: 1 } },
  });
  gateway.done();
  await end;
  expect(heard()).toMatchObject({ content: "Yes [1]", reasoning: "Hm.", finishReason: "stop" });
  expect(heard().citations).toEqual([{ ...citation, headings: [], pages: null }]);
  const usage = { promptTokens: 3, completionTokens: 2, totalTokens: 5, cachedTokens: 1 };
  expect(heard().usage).toEqual({ ...usage, cost: 0.1 });
});

test("a model that does not stream is asked for all at once", async () => {
  const gateway = new FakeGateway();
  gateway.refuse(400, { error: { code: "unsupported_value", param: "stream", message: "No." } });
  gateway.whole = { choices: [{ message: { content: "All" }, finish_reason: "stop" }] };
  const { end, heard } = asked(gateway);
  expect(await end).toBeUndefined();
  expect(heard()).toMatchObject({ content: "All", finishReason: "stop" });
  expect(gateway.asked[1]).not.toHaveProperty("stream_options");
});

test("aborting closes the request", async () => {
  const { gateway, abort, end } = asked();
  await soon();
  abort.abort();
  expect((await end).name).toBe("AbortError");
  expect(gateway.aborted).toBe(true);
});

test("an error within a stream is told in its words", async () => {
  const { gateway, end } = asked();
  await soon();
  gateway.says("So far");
  gateway.chunk({ error: { message: "The server crashed", code: "upstream_failed" } });
  const failure = { code: "upstream_failed", message: "The server crashed." };
  expect(failureOf(await end)).toEqual(failure);
});

test("a stream that ends without an end is no whole answer", async () => {
  const { gateway, end } = asked();
  await soon();
  gateway.says("So far");
  gateway.close();
  expect(((await end) as AnswerFailed).failure.code).toBe("broken_off");
});

test("a stream that ends after its last chunk is whole without the end's mark", async () => {
  const { gateway, end } = asked();
  await soon();
  gateway.says("All", "stop");
  gateway.close();
  expect(await end).toBeUndefined();
});

test("a lost connection says what to do", async () => {
  const { gateway, end } = asked();
  await soon();
  gateway.lose();
  expect(failureOf(await end)).toMatchObject({ code: "network" });
});

test("what is no JSON ends the answer in words", async () => {
  const { gateway, end } = asked();
  await soon();
  gateway.send("data: <html>\n\n");
  expect(failureOf(await end).message).toContain("no answer");
});

test.each([
  [401, { error: { code: "invalid_api_key", message: "x" } }, "signed_out", /Sign in again/],
  [403, { error: { code: "no", message: "Not for you" } }, "not_allowed", /Not for you\. Choose/],
  [404, { error: { code: "model_not_found", message: "None." } }, "model_not_found", /^None\.$/],
  [429, { error: { code: null, message: "Too fast." } }, "rate_limited", /Wait a moment/],
  [503, { error: { code: "model_unavailable", message: "Starting" } }, "model_unavailable", /^S/],
  [400, { error: { message: "maximum context length is 512" } }, "context_overflow", /history/],
  [500, null, "status_500", /answered 500/],
])("%d is told with its next step", async (status, body, code, words) => {
  const gateway = new FakeGateway();
  gateway.refuse(status, body, { "retry-after": "7" });
  const failure = failureOf(await asked(gateway).end);
  expect([failure.code, failure.retryAfter]).toEqual([code, 7]);
  expect(failure.message).toMatch(words);
});

test("an answer in one piece is heard, too", async () => {
  const gateway = new FakeGateway();
  const body = JSON.stringify({ choices: [{ message: { content: "Whole" } }] });
  const init = { headers: { "content-type": "application/json" } };
  const whole = Object.assign(gateway, { fetch: async () => new Response(body, init) });
  const { end, heard } = asked(whole);
  await end;
  expect(heard().content).toBe("Whole");
});
