import { expect, test } from "vitest";
import { bytesSent, filesOf } from "../../first-load";

const chunk = (fileName: string, more: object = {}) => ({
  type: "chunk",
  fileName,
  code: fileName.repeat(100),
  imports: [],
  ...more,
});
const styles = (names: string[]) => ({ viteMetadata: { importedCss: new Set(names) } });
const bundle = {
  "main.js": chunk("main.js", { isEntry: true, imports: ["shared.js"], ...styles(["main.css"]) }),
  "shared.js": chunk("shared.js", { imports: ["main.js"] }),
  "chat.js": chunk("chat.js", { isDynamicEntry: true, ...styles(["chat.css"]) }),
  "main.css": { type: "asset", fileName: "main.css", source: "a {}" },
  "chat.css": { type: "asset", fileName: "chat.css", source: "b {}" },
} as unknown as Parameters<typeof filesOf>[0];

test("counts the entry with what it imports, and no page", () => {
  expect([...filesOf(bundle)].sort()).toEqual(["main.css", "main.js", "shared.js"]);
});

test("counts bytes as they are sent", () => {
  expect(bytesSent(bundle).get("main.js")).toBeLessThan("main.js".length * 100);
});
