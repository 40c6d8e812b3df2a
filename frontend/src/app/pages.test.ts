import { expect, test } from "vitest";
import { ADMIN } from "@/test/session";
import { pagesFor } from "./pages";

const paths = (...parts: Parameters<typeof pagesFor>[1]) =>
  pagesFor(ADMIN, parts)
    .filter((page) => !page.hidden)
    .map((page) => page.path)
    .sort();

test("pages of what is not installed are not there", () => {
  expect(paths("ui")).toEqual(["/configuration", "/tokens"]);
  expect(paths("models", "ui")).toContain("/models");
  expect(paths("models", "serve", "rag", "ui")).toEqual(
    expect.arrayContaining(["/repositories", "/usage", "/library/models"]),
  );
  expect(paths("chat", "ui")).toEqual(["/configuration", "/prompts", "/tokens"]);
  expect(paths("models", "serve", "chat", "ui")).toContain("/chat");
});
