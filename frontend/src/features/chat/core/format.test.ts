import { expect, test } from "vitest";
import { reply } from "../testing/messages";
import { cost, estimate, facts, fill, rate, seconds, tokens } from "./format";

const USAGE = { promptTokens: 1_234, completionTokens: 101, totalTokens: 1_335 };

test.each([
  [999, "999"],
  [1_250, "1.3k"],
  [2_000_000, "2M"],
])("%d tokens are %s", (count, text) => expect(tokens(count)).toBe(text));

test.each([
  [0, "$0"],
  [0.000_012_34, "$0.000012"],
  [0.005, "$0.005"],
  [1.5, "$1.50"],
])("%d dollars are %s", (dollars, text) => expect(cost(dollars)).toBe(text));

test("times are told in the unit that suits them", () => {
  expect([seconds(420), seconds(61_250)]).toEqual(["420 ms", "61.3 s"]);
});

test("the rate is that of the tokens after the first", () => {
  expect(rate(USAGE, { firstTokenMs: 500, totalMs: 2_500 })).toBe(50);
  expect(rate(USAGE, { firstTokenMs: 500, totalMs: 501 })).toBeNull();
  expect(rate({ ...USAGE, completionTokens: 1 }, { firstTokenMs: 1, totalMs: 900 })).toBeNull();
});

test("below an answer stands all that is known of it, and nothing else", () => {
  const known = { model: "tiny", usage: { ...USAGE, cost: 0.02, cachedTokens: 12 } };
  const timing = { firstTokenMs: 500, totalMs: 2_500 };
  expect(facts(reply("a", "q", { ...known, timing }))).toEqual([
    "tiny",
    "1.2k in, 101 out",
    "12 cached",
    "about $0.02",
    "first token 500 ms",
    "2.5 s in all",
    "50 tokens/s",
  ]);
  expect(facts(reply("a", "q"))).toEqual([]);
});

test("the meter warns from four fifths on, and is silent about unknown windows", () => {
  expect(fill(79, 100)).toMatchObject({ percent: 79, nearlyFull: false });
  expect(fill(80, 100)).toMatchObject({ percent: 80, nearlyFull: true });
  expect(fill(900, 100)?.percent).toBe(100);
  expect([fill(1, undefined), fill(1, 0)]).toEqual([null, null]);
});

test("a text's tokens are estimated by its bytes", () => {
  expect([estimate(""), estimate("four"), estimate("日本語")]).toEqual([0, 1, 3]);
});
