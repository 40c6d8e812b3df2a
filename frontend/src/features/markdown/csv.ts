import { type Node, textOf } from "./tree";

/** Return a table of the tree as CSV, as RFC 4180 has it. */
export function csvOf(table: Node): string {
  const rows = all(table, "tr").map((row) =>
    (row.children ?? []).filter((cell) => cell.tagName === "th" || cell.tagName === "td"),
  );
  return rows.map((cells) => cells.map((cell) => field(textOf(cell))).join(",")).join("\r\n");
}

function all(node: Node, tagName: string): Node[] {
  if (node.tagName === tagName) return [node];
  return (node.children ?? []).flatMap((child) => all(child, tagName));
}

/** A cell that a spreadsheet would take for a formula is kept from being one. */
function field(text: string): string {
  const value = /^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text;
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
