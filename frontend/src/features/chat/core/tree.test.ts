import { expect, test } from "vitest";
import { message, reply } from "../testing/messages";
import { changed, EMPTY, merged, neighbour, newestBelow, pathTo, placeOf } from "./tree";

const BRANCHED = merged(EMPTY, [
  message("m1"),
  reply("m2", "m1"),
  reply("m3", "m1"),
  message("m4", { parentId: "m2" }),
  message("m5"),
]);

const ids = (path: { messageId: string }[]) => path.map((one) => one.messageId);

test("a branch is read from its leaf to the beginning", () => {
  expect(ids(pathTo(BRANCHED, "m4"))).toEqual(["m1", "m2", "m4"]);
  expect(ids(pathTo(BRANCHED, "m3"))).toEqual(["m1", "m3"]);
  expect(pathTo(BRANCHED, null)).toEqual([]);
});

test("a damaged tree that runs in a circle still ends", () => {
  const circle = merged(EMPTY, [reply("a", "b"), reply("b", "a")]);
  expect(ids(pathTo(circle, "a"))).toEqual(["b", "a"]);
});

test("versions are numbered in the order in which they were made", () => {
  const second = BRANCHED.messages.m3;
  expect(second && placeOf(BRANCHED, second)).toEqual({ number: 2, of: 2 });
});

test("the version beside shows its newest end", () => {
  const second = BRANCHED.messages.m3 ?? message("none");
  expect(neighbour(BRANCHED, second, -1)).toBe("m4");
  expect(neighbour({ ...BRANCHED, leaf: "m3" }, second, 1)).toBe("m3");
  expect(newestBelow(BRANCHED, null)).toBe("m5");
});

test("what another tab wrote is taken over, what is known and younger stays", () => {
  const ours = merged(EMPTY, [message("m1", { revision: 3, content: "ours" })]);
  const theirs = [message("m1", { revision: 2, content: "old" }), reply("m2", "m1")];
  const both = merged(ours, theirs);
  expect([both.messages.m1?.content, both.children.m1]).toEqual(["ours", ["m2"]]);
  const newer = merged(both, [message("m1", { revision: 4, content: "new" })]);
  expect(newer.messages.m1?.content).toBe("new");
});

test("an answer that streams here is nobody else's to change", () => {
  const ours = merged(EMPTY, [message("m1", { content: "more" })]);
  const kept = merged(ours, [message("m1", { revision: 9 })], new Set(["m1"]));
  expect(kept.messages.m1?.content).toBe("more");
});

test("a change makes a new message and leaves the others as they are", () => {
  const after = changed(BRANCHED, "m2", { content: "said" });
  expect(after.messages.m2?.content).toBe("said");
  expect(after.messages.m1).toBe(BRANCHED.messages.m1);
  expect(changed(BRANCHED, "unknown", { content: "" })).toBe(BRANCHED);
});
