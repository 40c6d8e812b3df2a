import { expect, test } from "vitest";
import type { Delta } from "./chunk";
import { Frames, withFrames } from "./frames";

function drawn() {
  const shown: Delta[] = [];
  const due: (() => void)[] = [];
  const frames = new Frames(
    (delta) => shown.push(delta),
    (show) => {
      due.push(show);
      return () => due.splice(0);
    },
  );
  return { frames, shown, due };
}

test("what comes within a frame is shown once", () => {
  const { frames, shown, due } = drawn();
  frames.push({ content: "a" });
  frames.push({ content: "b", finishReason: "stop" });
  expect([shown.length, due.length]).toEqual([0, 1]);
  due[0]?.();
  expect(shown).toMatchObject([{ content: "ab", finishReason: "stop" }]);
});

test("the end does not wait for a frame, and nothing is shown twice", () => {
  const { frames, shown, due } = drawn();
  frames.push({ content: "a" });
  frames.flush();
  frames.flush();
  expect([shown.length, due.length]).toEqual([1, 0]);
});

test("a browser's frame shows it once, also where nobody looks", async () => {
  let times = 0;
  withFrames(() => {
    times += 1;
  });
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(times).toBe(1);
});
