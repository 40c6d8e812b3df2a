import { describe, expect, test } from "vitest";
import { fieldsOfBody, namesIn } from "@/test/openapi";
import { aboutOf, changesOf } from "./about";
import { commandLine, commandOf } from "./command";
import { type Draft, DraftRules, EMPTY, plannable, shownWish, wishOf } from "./draft";
import { rulesFor, runningChange, runningOf } from "./running";
import { hosted, model } from "./testing";
import { variableLines, variablesOf } from "./variables";

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
      cooldownSeconds: 0,
      forwarding: true,
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
    [{ ...EXTERNAL, hosting: "internal" }, "modelUrl"],
    [{ ...EXTERNAL, hosting: "internal", modelUrl: "https://llm.example.com" }, "modelUrl"],
    [{ ...EXTERNAL, retries: "6" }, "retries"],
    [{ ...EXTERNAL, parameters: "temperature" }, "parameters"],
    [{ ...HOSTED, image: "" }, "image"],
    [{ ...HOSTED, minCapacity: "2" }, "maxCapacity"],
    [{ ...HOSTED, desiredCapacity: "2" }, "desiredCapacity"],
    [{ ...HOSTED, healthTimeout: "30" }, "healthTimeout"],
    [{ ...HOSTED, checkCommand: "[1]" }, "checkCommand"],
    [{ ...HOSTED, checkCommand: '["curl"]' }, "checkCommand"],
    [{ ...HOSTED, modelType: "speech" }, "modelType"],
  ] as [Draft, string][])("that the API would refuse says at which field", (draft, field) => {
    const paths = DraftRules.safeParse(draft).error?.issues.map(({ path }) => path[0]);
    expect(paths).toEqual([field]);
  });
});

describe("an edit", () => {
  const titan = model({ features: [{ name: "imageInput", overview: "of photographs" }] });

  test("that changes nothing sends nothing", () => {
    expect(changesOf(titan, aboutOf(titan))).toBeNull();
  });

  test("sends what it changed, features with their words", () => {
    const before = aboutOf(titan);
    const features = `${before.features}\nsummarization`;
    expect(changesOf(titan, { ...before, features, retries: "3", forwarding: true })).toEqual({
      retries: 3,
      forwarding: true,
      features: [{ name: "imageInput", overview: "of photographs" }, { name: "summarization" }],
    });
  });

  test("can empty a description", () => {
    const told = model({ modelDescription: "old" });
    const draft = { ...aboutOf(told), modelDescription: "" };
    expect(changesOf(told, draft)).toEqual({ modelDescription: "" });
  });

  test("of servers names the variables that are gone", () => {
    const draft = { ...runningOf(hosted()), maxCapacity: "3", environment: "A=1\nC=3" };
    expect(runningChange(hosted(), draft)).toEqual({
      autoScalingInstanceConfig: { maxCapacity: 3 },
      containerConfig: { environment: { C: "3", B: "LISA_MARKED_FOR_DELETION" } },
    });
  });

  test("of servers that changes nothing sends nothing", () => {
    expect(runningChange(hosted(), runningOf(hosted()))).toBeNull();
  });

  test("of a number of instances cannot take it away", () => {
    const asked = hosted();
    const scaling = asked.autoScalingConfig;
    const one = hosted({ autoScalingConfig: scaling && { ...scaling, desiredCapacity: 1 } });
    const draft = { ...runningOf(one), desiredCapacity: "" };
    const wrong = rulesFor(one)
      .safeParse(draft)
      .error?.issues.map(({ path }) => path[0]);
    expect(wrong).toEqual(["desiredCapacity"]);
    expect(rulesFor(asked).safeParse(draft).success).toBe(true);
  });
});

describe("every field that the API takes has its place", () => {
  const EVERY: Draft = {
    ...HOSTED,
    modelDescription: "Small",
    features: "imageInput: of photographs",
    retries: "2",
    desiredCapacity: "1",
    memoryReservation: "4096",
    force: true,
  };

  test("in the wizard", () => {
    const internal = { ...EVERY, hosting: "internal" as const, modelUrl: "http://x", apiKey: "sk" };
    const asked = [...namesIn(wishOf(EVERY)), ...namesIn(wishOf(internal))];
    expect(fieldsOfBody("ModelRequest").filter((name) => !asked.includes(name))).toEqual([]);
  });

  test("in the dialogs that change a model", () => {
    const before = hosted();
    const all = Object.fromEntries(
      Object.entries(runningOf(before)).map(([name, value]) => [name, `${value}9`]),
    ) as ReturnType<typeof runningOf>;
    const about = { ...aboutOf(before), modelType: "embedding" as const, streaming: false };
    const texts = { modelDescription: "a", allowedGroups: "a", features: "a: b", fallbacks: "a" };
    const rest = { retries: "3", cooldownSeconds: "9", forwarding: true, parameters: "top_p=1" };
    const sent = {
      ...runningChange(before, { ...all, environment: "" }),
      ...changesOf(before, { ...about, ...texts, ...rest }),
    };
    // The dialogs that start and stop a model, and that for its key, send these.
    const asked = [...namesIn(sent), "enabled", "apiKey"];
    expect(fieldsOfBody("UpdateModel").filter((name) => !asked.includes(name))).toEqual([]);
  });
});

test("a variable of several lines comes back from its one line", () => {
  const variables = { TEMPLATE: "{% for %}\n  x\n", QUOTED: '"as it is"', PLAIN: "a=b" };
  const lines = variableLines(variables);
  expect(lines.split("\n")).toHaveLength(3);
  expect(variablesOf(lines)).toEqual(variables);
});

describe("a health check's command", () => {
  test.each([
    ["curl -f localhost", "curl -f localhost"],
    [["CMD-SHELL", "exit 0"], "exit 0"],
    [["CMD", "/check", "-f"], '["CMD","/check","-f"]'],
  ])("%j is written %s", (command, line) => {
    expect(commandLine(command)).toBe(line);
    expect(commandLine(commandOf(line))).toBe(line);
  });
});
