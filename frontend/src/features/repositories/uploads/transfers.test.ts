import { expect, test } from "vitest";
import { busy, changed, type Transfer, unfit } from "./transfers";

const WAITING: Transfer = { id: "1", name: "a.pdf", size: 10, phase: "waiting", sent: 0 };

test("a file is sent, accepted and done", () => {
  let all = changed([], { type: "added", transfers: [WAITING, { ...WAITING, id: "2" }] });
  all = changed(all, { type: "phase", id: "1", phase: "sending" });
  all = changed(all, { type: "sent", id: "1", sent: 0.5 });
  expect(all.map((one) => [one.phase, one.sent])).toEqual([
    ["sending", 0.5],
    ["waiting", 0],
  ]);
  all = changed(all, { type: "phase", id: "1", phase: "done" });
  expect(busy(all)).toBe(true);
  expect(busy(changed(all, { type: "forgotten", id: "2" }))).toBe(false);
});

test("another try forgets why the first one failed", () => {
  const failed = changed([WAITING], { type: "failed", id: "1", problem: "No network." });
  expect(failed[0]?.problem).toBe("No network.");
  const again = changed(failed, { type: "phase", id: "1", phase: "waiting" });
  expect(again[0]).toMatchObject({ phase: "waiting", problem: undefined });
});

test("what can only be refused is not sent", () => {
  expect(unfit({ size: 0 }, 100)).toMatch(/empty/);
  expect(unfit({ size: 60 * 1024 * 1024 }, 50 * 1024 * 1024)).toMatch(/50 MB/);
  expect(unfit({ size: 100 }, 100)).toBeUndefined();
});
