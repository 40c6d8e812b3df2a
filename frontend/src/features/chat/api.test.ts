import { afterEach, beforeEach, expect, test } from "vitest";
import { apiOf } from "@/api/client";
import { ApiError } from "@/api/errors";
import { ENVIRONMENT, USER } from "@/test/session";
import { sessionsOf } from "./api";
import { reply } from "./testing/messages";

// The client takes the `fetch` that is there when it is made.
const SESSIONS = sessionsOf(() =>
  apiOf({ environment: ENVIRONMENT, caller: USER, token: () => "token" }),
);

let answers: [number, unknown][];
let asked: Request[];
const real = globalThis.fetch;

beforeEach(() => {
  [answers, asked] = [[], []];
  globalThis.fetch = async (input, init) => {
    asked.push(new Request(input, init));
    const [status, body] = answers.shift() ?? [200, {}];
    const headers = { "content-type": "application/json" };
    return new Response(JSON.stringify(body), { status, headers });
  };
});
afterEach(() => {
  globalThis.fetch = real;
});

test("messages are read page by page", async () => {
  answers = [
    [200, { messages: [{ messageId: "m1" }], cursor: "next" }],
    [200, { messages: [{ messageId: "m2" }], cursor: null }],
  ];
  const all = await SESSIONS.messages("a/b");
  expect(all.map((one) => one.messageId)).toEqual(["m1", "m2"]);
  const [, second] = asked.map((request) => new URL(request.url));
  expect(second?.pathname).toBe("/v1/session/a%2Fb/messages");
  expect(second?.searchParams.get("cursor")).toBe("next");
});

test("an answer's progress has only the fields that may change", async () => {
  answers = [[200, { messageId: "m1", revision: 3 }]];
  const error = { code: "rate_limited", message: "Wait.", retryAfter: 7 };
  const message = reply("m1", "m0", { model: "tiny", revision: 2, status: "failed", error });
  await SESSIONS.update("session-1", message, true);
  expect(asked[0]?.keepalive).toBe(true);
  expect(await asked[0]?.json()).toEqual({
    revision: 2,
    content: "m1",
    status: "failed",
    error: { code: "rate_limited", message: "Wait." },
  });
});

test("what is too long to outlive the page is sent as usual", async () => {
  const long = reply("m1", "m0", { content: "x".repeat(70_000) });
  await SESSIONS.update("session-1", long, true);
  expect(asked[0]?.keepalive).toBe(false);
});

test("a session that nobody named is called by its first words", async () => {
  const session = { sessionId: "s", name: null, firstHumanMessage: "How many?" };
  answers = [[200, { sessions: [session], cursor: null }]];
  const page = await SESSIONS.list("", null);
  expect(page.sessions[0]?.name).toBe("How many?");
});

test("a refusal is an error in its own words", async () => {
  answers = [[409, { error: "ConflictError", message: "It was changed." }]];
  const refused = SESSIONS.update("session-1", reply("m1", "m0"));
  await expect(refused).rejects.toEqual(new ApiError(409, "ConflictError", "It was changed."));
});
