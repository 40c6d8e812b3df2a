/** A node of an HTML tree, as far as the plugins here look at it. */
export interface Node {
  type: string;
  tagName?: string;
  value?: string;
  properties?: Record<string, unknown>;
  children?: Node[];
}

const NOT_CITED_IN = new Set(["a", "code", "pre"]);
const NUMBERS = /\[(\d{1,3}(?:\s*,\s*\d{1,3}){0,9})\]/g;

/** Return all text below a node. */
export function textOf(node: Node): string {
  return node.value ?? (node.children ?? []).map(textOf).join("");
}

/** A rehype plugin: HTML in a text is text, but for the line break that tables need. */
export function rehypeRawAsText() {
  return (tree: Node) =>
    replaceIn(tree, (node) => (node.type === "raw" ? [asText(node)] : null), new Set());
}

function asText(raw: Node): Node {
  if (/^<br\s*\/?>$/i.test(raw.value ?? "")) return element("br", []);
  return { type: "text", value: raw.value ?? "" };
}

/** A rehype plugin: `[1]` becomes a button, if 1 is among the numbers. Runs after the sanitizer. */
export function rehypeCitations({ numbers }: { numbers: readonly number[] }) {
  const cut = (node: Node) => (node.type === "text" ? cited(node.value ?? "", numbers) : null);
  return (tree: Node) => replaceIn(tree, cut, NOT_CITED_IN);
}

function cited(text: string, numbers: readonly number[]): Node[] | null {
  const nodes: Node[] = [];
  let from = 0;
  for (const found of text.matchAll(NUMBERS)) {
    const named = (found[1] ?? "").split(",").map(Number);
    if (!named.every((number) => numbers.includes(number))) continue;
    nodes.push({ type: "text", value: text.slice(from, found.index) });
    nodes.push(...named.map(button));
    from = found.index + found[0].length;
  }
  return from > 0 ? [...nodes, { type: "text", value: text.slice(from) }] : null;
}

function button(number: number): Node {
  const node = element("button", [{ type: "text", value: String(number) }]);
  return { ...node, properties: { value: String(number) } };
}

function element(tagName: string, children: Node[]): Node {
  return { type: "element", tagName, properties: {}, children };
}

function replaceIn(parent: Node, by: (node: Node) => Node[] | null, but: Set<string>): void {
  parent.children = parent.children?.flatMap((node) => {
    const instead = by(node);
    if (instead) return instead;
    if (!but.has(node.tagName ?? "")) replaceIn(node, by, but);
    return [node];
  });
}
