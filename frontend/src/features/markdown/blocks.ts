import { Lexer } from "marked";

const FOOTNOTE = /^\[\^[^\]\n]+\]:/m;
const MOST_DEFINITIONS = 100;

/**
 * Return a text's blocks, in their order: each renders by itself, so that of a text that grows only its
 * last block is rendered anew.
 */
export function blocksOf(text: string): string[] {
  // A footnote is called in one block and written in another.
  if (FOOTNOTE.test(text)) return [text];
  const tokens = new Lexer({ gfm: true }).blockTokens(text, []);
  const definitions: Definition[] = [];
  const blocks: string[] = [];
  let formula: Formula = null;
  for (const token of tokens) {
    if (formula) blocks.push((blocks.pop() ?? "") + token.raw);
    else if (token.type === "def") definitions.push({ tag: token.tag, raw: token.raw });
    else if (token.type !== "space") blocks.push(token.raw);
    formula = formulaAfter(token.raw, formula);
  }
  return definitions.length > 0 ? withDefinitions(blocks, definitions) : blocks;
}

interface Definition {
  tag: string;
  raw: string;
}

/** A link by reference needs its definition, wherever that stands. */
function withDefinitions(blocks: string[], definitions: Definition[]): string[] {
  const known = definitions.slice(0, MOST_DEFINITIONS);
  return blocks.map((block) => {
    const text = block.toLowerCase();
    const used = known.filter(({ tag }) => text.includes(`[${tag}]`));
    return [block, ...used.map(({ raw }) => raw)].join("\n\n");
  });
}

/** How the formula begins that is open, if one is. */
type Formula = "$$" | "\\[" | null;

/** Whether a block ends within a formula, which blank lines may be part of. */
export function isMathOpen(block: string): boolean {
  return formulaAfter(block, null) !== null;
}

function formulaAfter(text: string, before: Formula): Formula {
  if (before === "$$") return hasOddDollars(text) ? null : before;
  const ends = text.lastIndexOf("\\]");
  if (before === "\\[") return ends > text.lastIndexOf("\\[") ? null : before;
  if (isFence(text)) return null;
  if (/^[ \t]*\$\$/m.test(text) && hasOddDollars(text)) return "$$";
  return /^[ \t]*\\\[/m.test(text) && text.lastIndexOf("\\[") > ends ? "\\[" : null;
}

function hasOddDollars(text: string): boolean {
  return text.split("$$").length % 2 === 0;
}

function isFence(block: string): boolean {
  return /^[ \t]*(?:```|~~~)/.test(block);
}

/** Whether a block is a fence that has not been closed. */
export function isFenceOpen(block: string): boolean {
  return isFence(block) && !/\n[ \t]*(?:```+|~~~+)[ \t]*\n*$/.test(block);
}
