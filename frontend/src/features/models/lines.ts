/** Return the `NAME=value` pairs of a text's lines, or the first line that is none. */
export function pairsOf(text: string): Record<string, string> | { wrong: string } {
  const pairs: [string, string][] = [];
  for (const line of text.split("\n").filter((one) => one.trim() !== "")) {
    const [, name, value] = /^\s*([A-Za-z_][A-Za-z0-9_]*)\s*=\s?(.*)$/.exec(line) ?? [];
    if (name === undefined) return { wrong: line.trim() };
    pairs.push([name, value ?? ""]);
  }
  return Object.fromEntries(pairs);
}

/** Return pairs as text, each on its line. */
export function linesOf(pairs: Record<string, unknown> = {}): string {
  return Object.entries(pairs)
    .map(([name, value]) => `${name}=${String(value)}`)
    .join("\n");
}

/** Return a value as what it looks like: a number, true or false, else itself. */
export function typedValue(text: string): string | number | boolean {
  if (text === "true" || text === "false") return text === "true";
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}
