import { expect, test } from "vitest";
import { priced } from "./cost";

const usage = { promptTokens: 1_000, completionTokens: 100, totalTokens: 1_100 };
const pricing = { prompt: "0.0000025", completion: "0.00001", input_cache_read: "0.00000125" };

test("an answer costs what its tokens cost", () => {
  expect(priced(usage, pricing).cost).toBeCloseTo(0.0035, 10);
  expect(priced(usage, pricing)).toMatchObject(usage);
});

test("what the provider had cached has its own price, where there is one", () => {
  const cached = { ...usage, cachedTokens: 400 };
  expect(priced(cached, pricing).cost).toBeCloseTo(0.003, 10);
  const { input_cache_read: _, ...others } = pricing;
  expect(priced(cached, others).cost).toBeCloseTo(0.0035, 10);
  expect(priced({ ...usage, cachedTokens: 9_999 }, pricing).cost).toBeCloseTo(0.00225, 10);
});

test("what a provider says goes before what is reckoned, nothing included", () => {
  expect(priced({ ...usage, cost: 0.5 }, pricing).cost).toBe(0.5);
  expect(priced({ ...usage, cost: 0 }, pricing).cost).toBe(0);
});

test.each([
  [undefined],
  [{}],
  [{ prompt: "0.1" }],
  [{ completion: "0.1" }],
  [{ prompt: "free", completion: "0.1" }],
  [{ prompt: "-1", completion: "0.1" }],
])("with %o nobody knows", (unknown) => expect(priced(usage, unknown)).toBe(usage));

test("a model may be free", () => {
  expect(priced(usage, { prompt: "0", completion: "0" }).cost).toBe(0);
});
