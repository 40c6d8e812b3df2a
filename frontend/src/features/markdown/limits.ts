/** What a browser formats without a pause; beyond it a text is shown as it is. */
const CHARACTERS = 200_000;
const LINES = 8_000;
const FENCES = 400;
const NESTING = 50;
const TABLE_CELLS = 5_000;
/** Stars and underlines of one paragraph: a parser compares each with all others. */
const EMPHASES = 2_000;

const FENCE = /^[ \t]*(?:```|~~~)/;
const MARKERS = /^(?:[ \t]*(?:>|(?:[-+*]|\d{1,9}[.)])(?=[ \t]|$)))+/;
const MARKER = />|[-+*]|\d+[.)]/g;

/** Return why a text is not formatted, as a sentence for people, or null if it can be. */
export function tooMuch(text: string): string | null {
  if (text.length > CHARACTERS) return "It is too long to be formatted.";
  const all = text.split("\n");
  const fences = all.filter((line) => FENCE.test(line)).length;
  if (all.length > LINES || fences > FENCES) return "It has too many parts to be formatted.";
  const lines = unfenced(all);
  if (lines.some((line) => depthOf(line) > NESTING)) {
    return "Its lists or quotations are nested too deep to be formatted.";
  }
  const paragraphs = lines.join("\n").split(/\n[ \t]*\n/);
  if (paragraphs.some(isEntangled)) return "Its marks are too entangled to be formatted.";
  return cellsIn(lines.join()) > TABLE_CELLS
    ? "Its tables have too many cells to be formatted."
    : null;
}

/** Each cell of a table is parsed by itself, so that it may have emphases of its own. */
function isEntangled(paragraph: string): boolean {
  const emphases = paragraph.match(/[*_~]+/g)?.length ?? 0;
  return emphases > EMPHASES + 2 * cellsIn(paragraph) || bracketsOf(paragraph) > NESTING;
}

/** The lines that are not code. */
function unfenced(lines: string[]): string[] {
  let fenced = false;
  return lines.filter((line) => {
    const fence = FENCE.test(line);
    if (fence) fenced = !fenced;
    return !fence && !fenced;
  });
}

/** The most brackets that are open at once: a parser looks for each one's end, within those of all others. */
function bracketsOf(paragraph: string): number {
  let open = 0;
  let most = 0;
  for (const [bracket] of paragraph.matchAll(/[[\]]/g)) {
    open = Math.max(0, open + (bracket === "[" ? 1 : -1));
    most = Math.max(most, open);
  }
  return most;
}

/** Lists within lists stand two columns further in, or one marker behind the other. */
function depthOf(line: string): number {
  const markers = MARKERS.exec(line)?.[0];
  if (!markers) return 0;
  const indent = (/^[ \t]*/.exec(line)?.[0] ?? "").replaceAll("\t", "    ").length;
  return Math.floor(indent / 2) + (markers.match(MARKER)?.length ?? 0);
}

/** Bars are counted whether a table or not: a text of nothing else is no worse as it is. */
function cellsIn(text: string): number {
  return text.split("|").length - 1;
}

interface Node {
  type: string;
  children?: Node[];
}

/** A remark plugin that refuses what is nested deeper than those who walk it can go. */
export function remarkNesting() {
  return (tree: Node) => {
    let level: Node[] = [tree];
    for (let depth = 0; level.length > 0; depth += 1) {
      if (depth > 4 * NESTING) throw new Error("The text is nested too deep.");
      level = level.flatMap((node) => node.children ?? []);
    }
  };
}
