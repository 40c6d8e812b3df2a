import { expect, test } from "vitest";
import { choices, preferred } from "./choices";

const LISTED = [{ id: "tiny-chat" }, { id: "minilm" }, { id: "other" }];
const ADMINISTERED = [
  { modelId: "tiny-chat", modelType: "textgen", status: "InService", contextWindow: 512 },
  { modelId: "minilm", modelType: "embedding", status: "InService" },
  { modelId: "big", modelType: "textgen", status: "Stopped", modelDescription: "Large" },
  { modelId: "new", modelType: "textgen", status: "InService" },
];

test("everybody chooses among what the gateway lists", () => {
  expect(choices(LISTED).map((one) => one.id)).toEqual(["tiny-chat", "minilm", "other"]);
  const typed = [
    { id: "minilm", model_type: "embedding" },
    { id: "a", context_window: 8 },
  ];
  expect(choices(typed)).toMatchObject([{ id: "a", contextWindow: 8 }]);
});

test("administrators see those that cannot be asked, and why", () => {
  const all = choices(LISTED, ADMINISTERED);
  expect(all.map((one) => one.id)).toEqual(["tiny-chat", "other", "big", "new"]);
  expect([all[0]?.contextWindow, all[0]?.reason]).toEqual([512, undefined]);
  expect(all[2]).toMatchObject({ state: "Stopped", reason: expect.stringContaining("Start it") });
  expect(all[3]?.reason).toContain("gateway");
});

test("whether it takes pictures is known where its features are", () => {
  const features = [{ name: "imageInput" }];
  const [sees, blind, unknown] = choices([
    { id: "a", features },
    { id: "b", features: [{ name: "summarization" }] },
    { id: "c" },
  ]);
  expect([sees?.images, blind?.images, unknown?.images]).toEqual([true, false, undefined]);
});

test("the first wish that can be asked is granted", () => {
  const all = choices(LISTED, ADMINISTERED);
  expect(preferred(all, "big", undefined, "other")).toBe("other");
  expect(preferred(all, "gone")).toBe("tiny-chat");
  expect(preferred([])).toBe("");
});
