import { describe, expect, test } from "vitest";
import { imageOf, linkOf } from "./addresses";
import { blocksOf, isFenceOpen, isMathOpen } from "./blocks";
import { csvOf } from "./csv";
import { diagramCodeOf } from "./diagramCode";
import { fileNameOf } from "./fileName";
import { tooMuch } from "./limits";
import { withMathMarks } from "./mathMarks";
import type { Node } from "./tree";

describe("addresses", () => {
  test("links lead to whole web and mail addresses", () => {
    expect(linkOf("https://a.example/x")).toEqual({
      href: "https://a.example/x",
      host: "a.example",
    });
    expect(linkOf("mailto:a@b.example")?.host).toBe("a@b.example");
  });

  test.each([
    undefined,
    "",
    "/models",
    "#x",
    "//a.example",
    "javascript:x",
    "data:text/html,x",
    "file:///x",
    "https://bank.example@evil.example/",
  ])("%s leads nowhere", (address) => {
    expect(linkOf(address)).toBeNull();
  });

  test.each([
    ["data:image/png;base64,AA", true],
    ["blob:https://page.example/1", true],
    ["https://files.example/a.png", true],
    ["http://files.example/a.png", false],
    ["https://files.example.evil.example/a.png", false],
    ["data:image/svg+xml,<svg/>", false],
    ["/session", false],
  ])("an image at %s is shown: %s", (address, shown) => {
    expect(imageOf(address, ["files.example"]) !== null).toBe(shown);
  });
});

describe("blocks", () => {
  test("are the text's own, in their order", () => {
    expect(blocksOf("# a\n\nb\n\n- c\n- d\n")).toEqual(["# a", "b", "- c\n- d\n"]);
  });

  test("of a text that grows, all but the last stay the same", () => {
    const whole = "one\n\n```js\nconst a = 1;\n\nconst b = 2;\n```\n\ntwo";
    const before = blocksOf(whole.slice(0, -2));
    expect(blocksOf(whole).slice(0, -1)).toEqual(before.slice(0, -1));
  });

  test("a formula over blank lines is one", () => {
    expect(blocksOf("$$\na\n\nb\n$$\n\nc")).toHaveLength(2);
  });

  test("a link by reference takes its definition along", () => {
    const blocks = blocksOf("see [Docs]\n\nmore\n\n[docs]: https://a.example\n");
    expect(blocks[0]).toContain("[docs]: https://a.example");
    expect(blocks[1]).toBe("more");
  });

  test("a text with footnotes is one", () => {
    expect(blocksOf("a[^1]\n\nb\n\n[^1]: c")).toHaveLength(1);
  });

  test("a sum of money does not begin one", () => {
    expect(blocksOf("it costs $$\n\nb")).toHaveLength(2);
  });

  test("what is open is known", () => {
    expect(isMathOpen("$$\na")).toBe(true);
    expect(isMathOpen("$$\na\n$$")).toBe(false);
    expect(isMathOpen("```sh\necho $$\n```")).toBe(false);
    expect(isFenceOpen("```mermaid\ngraph TD")).toBe(true);
    expect(isFenceOpen("```mermaid\ngraph TD\n```\n")).toBe(false);
  });
});

describe("formulas", () => {
  test.each([
    ["$x$ and \\(y\\)", "$$x$$ and $$y$$"],
    ["\\[\nx\n\\]", "$$\nx\n$$"],
    ["from $5 to $10", "from $5 to $10"],
    ["`$x$` and \\$x$", "`$x$` and \\$x$"],
    ["```sh\necho $A$B\n```", "```sh\necho $A$B\n```"],
    ["so $$x$$ is", "so $$x$$ is"],
    ["$$x = 1$$", "$$\nx = 1\n$$"],
    ["$$\nx\n= 1$$", "$$\nx\n= 1\n$$"],
  ])("%s is read as %s", (text, marked) => {
    expect(withMathMarks(text)).toBe(marked);
  });
});

describe("limits", () => {
  test.each(["`", "$a", "\\(", "\n\\[", "\n$$\n", "**a ", "~~a", "<a ", "&#", "\n\n$$ x"])(
    "100 kB of %j are read within a second",
    (part) => {
      const text = part.repeat(100_000 / part.length);
      const began = performance.now();
      for (const block of blocksOf(text)) withMathMarks(block);
      expect(performance.now() - began).toBeLessThan(1_000);
    },
  );

  test.each([
    ["x".repeat(200_001), /too long/],
    [">".repeat(51), /too deep/],
    [`${" ".repeat(102)}- x`, /too deep/],
    ["[\n".repeat(51), /too entangled/],
    ["*a_".repeat(2_001), /too entangled/],
    ["a\n".repeat(8_001), /too many parts/],
    ["```\n".repeat(401), /too many parts/],
    ["|a".repeat(5_001), /too many cells/],
  ])("what goes beyond one is refused", (text, why) => {
    expect(tooMuch(text)).toMatch(why);
  });

  test.each([
    ">".repeat(50),
    "-".repeat(80),
    `\`\`\`\n${">".repeat(90)}\n\`\`\``,
    "a - b - c",
    "|**a**".repeat(4_000),
  ])("%s is none", (text) => {
    expect(tooMuch(text)).toBeNull();
  });
});

describe("diagrams", () => {
  test("settings are taken out, however they are hidden", () => {
    const front = "---\nconfig:\n  themeCSS: x\n---\n";
    const source = `${front}${front}%%{init: {"a": 1}}%%\n%%%{init: {}}%%%{init: {}}%%\ngraph TD; A-->B`;
    const given = diagramCodeOf(source);
    expect("code" in given && given.code).toContain("graph TD; A-->B");
    expect(JSON.stringify(given)).not.toMatch(/init|config|themeCSS/);
  });

  test.each([
    "graph TD; style A fill:url(https://evil.example)",
    'flowchart TD\n A@{ img: "https://evil.example" }',
    "classDef x fill:u\\72l(https://evil.example)",
    "%%{init: graph TD",
    "x".repeat(20_001),
  ])("%s is not drawn", (source) => {
    expect(diagramCodeOf(source)).toHaveProperty("refused");
  });
});

test("a table as CSV has no formulas of a spreadsheet", () => {
  const cell = (value: string): Node => ({
    type: "element",
    tagName: "td",
    children: [{ type: "text", value }],
  });
  const row = (values: string[]): Node => ({
    type: "element",
    tagName: "tr",
    children: values.map(cell),
  });
  const table = {
    type: "element",
    tagName: "table",
    children: [row(["a", 'b, "c"']), row(["=1+1", "-5"])],
  };

  expect(csvOf(table)).toBe('a,"b, ""c"""\r\n\'=1+1,-5');
});

test("code is kept under a name of its language", () => {
  expect([fileNameOf("python"), fileNameOf("text"), fileNameOf("../x")]).toEqual([
    "code.py",
    "code.txt",
    "code.x",
  ]);
});
