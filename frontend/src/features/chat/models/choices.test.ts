import { expect, test } from "vitest";
import { choices, preferred } from "./choices";

const LISTED = [
  { id: "big", model_type: "textgen", status: "Stopped", description: "Large" },
  { id: "minilm", model_type: "embedding", status: "InService" },
  { id: "other" },
  { id: "tiny-chat", model_type: "textgen", status: "InService", context_window: 512 },
];

// promise: chat.switch-models
test("everybody chooses among the chat models, those that can be asked first", () => {
  expect(choices(LISTED, false).map((one) => one.id)).toEqual(["other", "tiny-chat", "big"]);
  expect(choices(LISTED, false)[1]).toMatchObject({ contextWindow: 512, reason: undefined });
});

test("one that is not in service says in which state it is, and what to do", () => {
  const [big] = choices(LISTED, false).slice(-1);
  expect(big).toMatchObject({ state: "Stopped", description: "Large" });
  expect(big?.reason).toBe("It is stopped. An administrator can start it.");
  expect(choices(LISTED, true).at(-1)?.reason).toContain("page Models");
  const [unheardOf] = choices([{ id: "a", status: "Dreaming" }], true);
  expect(unheardOf?.reason).toBe("It is not in service. Wait a moment.");
});

test("whether it takes pictures is known where its features are", () => {
  const [sees, blind, unknown] = choices(
    [
      { id: "a", features: ["imageInput"] },
      { id: "b", features: ["summarization"] },
      { id: "c", features: [] },
    ],
    false,
  );
  expect([sees?.images, blind?.images, unknown?.images]).toEqual([true, false, undefined]);
});

test("the first wish that can be asked is granted", () => {
  const all = choices(LISTED, false);
  expect(preferred(all, "big", undefined, "tiny-chat")).toBe("tiny-chat");
  expect(preferred(all, "gone")).toBe("other");
  expect(preferred([])).toBe("");
});
