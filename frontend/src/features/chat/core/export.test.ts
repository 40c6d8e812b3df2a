import { expect, test } from "vitest";
import { CITATION, message, reply } from "../testing/messages";
import type { Summary } from "../types";
import { asJson, asMarkdown, fileName } from "./export";

test("Markdown has who said what, files, sources and failures", () => {
  const attachments = [{ name: "a.md", mediaType: "text/markdown", tokens: 1, text: "secret" }];
  const citations = [CITATION, CITATION, { ...CITATION, number: 2, cited: false }];
  const error = { code: "x", message: "It broke." };
  const path = [
    message("q", { attachments }),
    reply("a", "q", { citations, error, model: "tiny-chat" }),
  ];
  expect(asMarkdown({ name: "Leave" }, path)).toBe(
    "# Leave\n\n## You\n\n*Attached: a.md*\n\nq\n\n" +
      "## Assistant\n\na\n\n> It broke.\n\n[1] Handbook, p. 3, 4\n\n*tiny-chat*\n",
  );
});

test("JSON has every branch", () => {
  const session = { sessionId: "s", name: "Leave" } as Summary;
  const all = [message("q"), reply("a", "q"), reply("b", "q")];
  expect(JSON.parse(asJson(session, all))).toEqual({ ...session, messages: all });
});

test.each([
  ["How many days?", "How-many-days.md"],
  ["../../etc/passwd", "etc-passwd.md"],
  ["???", "chat.md"],
])("%j is a file's name", (name, file) => expect(fileName(name, "md")).toBe(file));
