// Fences and spans of code, in which a dollar is a dollar. No pattern here looks at a character twice for each
// place it could begin at: a text may be made to have thousands of them.
const CODE =
  /(?:^|\n)[ \t]*(```|~~~)[\s\S]*?(?:\n[ \t]*\1|$)|(?<!`)(`+)(?!`)[\s\S]*?(?<!`)\2(?!`)/g;
const DISPLAYS = [
  /^([ \t]*)\\\[((?:[^\\]|\\[^[\]])+?)\\\]/gm,
  /^([ \t]*)\$\$((?:[^$\\]|\\[\s\S])+?)\$\$[ \t]*$/gm,
];
const INLINE = /\\[([]((?:[^\n\\]|\\[^()[\]\n])+?)\\[)\]]/g;
const DOLLARS = /(?<![\\$\w])\$(?![\s$])((?:[^$\n\\]|\\.)+?)(?<!\s)\$(?![\d$])/g;

/**
 * Return a block with each way of writing a formula as the one that remark-math reads: `$x$`, `\(x\)` and
 * `\[x\]` become `$$x$$`. A dollar before a price stays one: "from $5 to $10" has no formula.
 */
export function withMathMarks(block: string): string {
  if (!/[$\\]/.test(block)) return block;
  let from = 0;
  let marked = "";
  for (const code of block.matchAll(CODE)) {
    marked += inText(block.slice(from, code.index)) + code[0];
    from = code.index + code[0].length;
  }
  return marked + inText(block.slice(from));
}

function inText(text: string): string {
  return DISPLAYS.reduce((marked, pattern) => marked.replace(pattern, display), text)
    .replace(INLINE, (_, formula: string) => `$$${formula}$$`)
    .replace(DOLLARS, (_, formula: string) => `$$${formula}$$`);
}

function display(_: string, indent: string, formula: string): string {
  const lines = formula.split("\n").filter((line) => line.trim() !== "");
  return [`$$`, ...lines.map((line) => line.trim()), `$$`].map((line) => indent + line).join("\n");
}
