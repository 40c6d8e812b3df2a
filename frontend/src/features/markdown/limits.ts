/** What a browser formats without a pause; beyond it a text is shown as it is. */
const CHARACTERS = 200_000;
const NESTING = 50;
const TABLE_CELLS = 5_000;

const FENCE = /^[ \t]*(?:```|~~~)/;
const MARKERS = /^(?:[ \t]*(?:>|(?:[-+*]|\d{1,9}[.)])(?=[ \t]|$)))+/;
const MARKER = />|[-+*]|\d+[.)]/g;

/** Return why a text is not formatted, as a sentence for people, or null if it can be. */
export function tooMuch(text: string): string | null {
  if (text.length > CHARACTERS) return "It is too long to be formatted.";
  let cells = 0;
  let fenced = false;
  for (const line of text.split("\n")) {
    if (FENCE.test(line)) fenced = !fenced;
    else if (!fenced) {
      if (depthOf(line) > NESTING) return "Its lists or quotations are nested too deep.";
      cells += cellsIn(line);
    }
  }
  return cells > TABLE_CELLS ? "Its tables have too many cells to be formatted." : null;
}

/** Lists within lists stand two columns further in, or one marker behind the other. */
function depthOf(line: string): number {
  const markers = MARKERS.exec(line)?.[0];
  if (!markers) return 0;
  const indent = (/^[ \t]*/.exec(line)?.[0] ?? "").replaceAll("\t", "    ").length;
  return Math.floor(indent / 2) + (markers.match(MARKER)?.length ?? 0);
}

/** Bars are counted whether a table or not: a text of nothing else is no worse as it is. */
function cellsIn(line: string): number {
  return line.split("|").length - 1;
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
