import { describe, expect, test } from "vitest";
import {
  aboutOf,
  changesOf,
  type Draft,
  DraftRules,
  EMPTY,
  plannable,
  shownWish,
  wishOf,
} from "./draft";
import { linesOf, pairsOf, typedValue } from "./lines";
import { scalingChange } from "./ScalingDialog";
import { hosted, model } from "./testing";

const EXTERNAL: Draft = { ...EMPTY, modelId: "titan", modelName: "bedrock/titan" };
const HOSTED: Draft = {
  ...EMPTY,
  hosting: "hosted",
  modelId: "tiny",
  modelName: "demo/tiny-chat",
  image: "lisa/llamacpp:local",
  instanceType: "m5.large",
};

describe("a draft", () => {
  test("of a provider's model has none of our servers", () => {
    expect(wishOf({ ...EXTERNAL, parameters: "temperature=0.2\ndrop_params=true" })).toEqual({
      modelId: "titan",
      modelName: "bedrock/titan",
      modelType: "textgen",
      streaming: true,
      allowedGroups: [],
      features: [],
      fallbacks: [],
      retries: 1,
      cooldownSeconds: 0,
      litellmParams: { temperature: 0.2, drop_params: true },
    });
  });

  test("of a hosted model has all of them", () => {
    const wish = wishOf({ ...HOSTED, environment: "MAX_TOTAL_TOKENS=2048" });
    expect(wish).toMatchObject({
      inferenceContainer: "vllm",
      instanceType: "m5.large",
      containerConfig: {
        image: { baseImage: "lisa/llamacpp:local", type: "registry" },
        environment: { MAX_TOTAL_TOKENS: "2048" },
      },
      autoScalingConfig: { minCapacity: 1, maxCapacity: 1 },
      loadBalancerConfig: { healthCheckConfig: { path: "/health" } },
    });
    expect(wish).not.toHaveProperty("force");
  });

  test("of a type that never streams does not stream", () => {
    expect(wishOf({ ...EXTERNAL, modelType: "embedding" }).streaming).toBe(false);
  });

  test("shows no key, and plans with none", () => {
    expect(shownWish(wishOf({ ...EXTERNAL, apiKey: "secret" })).apiKey).toBe("(not shown)");
    expect(plannable({ ...HOSTED, apiKey: "secret" })).not.toHaveProperty("apiKey");
    expect(plannable(EXTERNAL)).toBeNull();
  });

  test.each([
    [{ ...EXTERNAL, modelId: "-a" }, "modelId"],
    [{ ...EXTERNAL, modelId: "plan" }, "modelId"],
    [{ ...EXTERNAL, modelUrl: "https://u:p@host" }, "modelUrl"],
    [{ ...EXTERNAL, retries: "6" }, "retries"],
    [{ ...EXTERNAL, parameters: "temperature" }, "parameters"],
    [{ ...HOSTED, image: "" }, "image"],
    [{ ...HOSTED, minCapacity: "2" }, "maxCapacity"],
    [{ ...HOSTED, modelType: "speech" }, "modelType"],
  ])("that the API would refuse says at which field", (draft, field) => {
    const paths = DraftRules.safeParse(draft).error?.issues.map(({ path }) => path[0]);
    expect(paths).toEqual([field]);
  });
});

describe("an edit", () => {
  const titan = model({ features: [{ name: "imageInput", overview: "of photographs" }] });

  test("that changes nothing sends nothing", () => {
    expect(changesOf(titan, aboutOf(titan))).toBeNull();
  });

  test("sends what it changed, and features keep their words", () => {
    const draft = { ...aboutOf(titan), features: "imageInput, summarization", retries: "3" };
    expect(changesOf(titan, draft)).toEqual({
      retries: 3,
      features: [{ name: "imageInput", overview: "of photographs" }, { name: "summarization" }],
    });
  });

  test("can empty a description", () => {
    const told = model({ modelDescription: "old" });
    const draft = { ...aboutOf(told), modelDescription: "" };
    expect(changesOf(told, draft)).toEqual({ modelDescription: "" });
  });

  test("of servers names the variables that are gone", () => {
    const draft = { minCapacity: "1", maxCapacity: "3", environment: "A=1\nC=3" };
    expect(scalingChange(hosted(), draft)).toEqual({
      autoScalingInstanceConfig: { minCapacity: 1, maxCapacity: 3 },
      containerConfig: { environment: { C: "3", B: "LISA_MARKED_FOR_DELETION" } },
    });
  });
});

test("lines hold pairs, and values their types", () => {
  expect(pairsOf("A=1\n\n B = x=y")).toEqual({ A: "1", B: "x=y" });
  expect(pairsOf("A=1\nno pair")).toEqual({ wrong: "no pair" });
  expect(linesOf({ a: 0.5, b: true })).toBe("a=0.5\nb=true");
  expect(["1", "-0.5", "true", "1e", ""].map(typedValue)).toEqual([1, -0.5, true, "1e", ""]);
});
