import { expect, test } from "vitest";
import { model } from "@/features/models/testing";
import { choices, preferred } from "./choices";

const LISTED = [{ id: "tiny-chat" }, { id: "minilm" }, { id: "other" }];
const ADMINISTERED = [
  model({ modelId: "tiny-chat", contextWindow: 512 }),
  model({ modelId: "minilm", modelType: "embedding" }),
  model({ modelId: "big", status: "Stopped", modelDescription: "Large" }),
  model({ modelId: "new" }),
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
