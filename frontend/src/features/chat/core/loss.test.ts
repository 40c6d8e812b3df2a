import { expect, test } from "vitest";
import { lossOf } from "./loss";

test.each([
  [1, /^Your only chat goes/],
  [12, /^All your 12 chats go/],
  [null, /^All your chats, older ones too, go/],
])("of %s chats it is said what is lost", (count, said) => {
  expect(lossOf(count)).toMatch(said);
  expect(lossOf(count)).toContain("This cannot be undone.");
});
