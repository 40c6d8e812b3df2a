import { expect, test } from "vitest";
import { added, firstColumns, removed, setupOf, withModel } from "./columns";

const MODELS = ["a", "b", "c"];
const models = (columns: { model: string }[]) => columns.map((one) => one.model);

test("two models are compared at first, different ones if there are some", () => {
  expect(models(firstColumns(MODELS))).toEqual(["a", "b"]);
  expect(models(firstColumns(["a"]))).toEqual(["a", "a"]);
  expect(models(firstColumns([]))).toEqual(["", ""]);
});

test("there are two to four", () => {
  const three = added(firstColumns(MODELS), MODELS);
  const four = added(three, MODELS);
  expect([models(three), models(four)]).toEqual([MODELS, [...MODELS, "a"]]);
  expect(added(four, MODELS)).toHaveLength(4);
  const two = firstColumns(MODELS);
  expect(removed(two, two[0]?.id ?? "")).toHaveLength(2);
  expect(models(removed(three, three[1]?.id ?? ""))).toEqual(["a", "c"]);
});

test("a column has its own model and everybody's settings", () => {
  const [first] = withModel(firstColumns(MODELS), "none", "c");
  const common = { model: "", systemPrompt: "Be brief.", parameters: { seed: 1 } };
  expect(first && setupOf(common, first)).toEqual({ ...common, model: "a" });
});
