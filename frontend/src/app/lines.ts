/** Values by their names. */
export type Typed = Record<string, string | number | boolean>;

const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * Return the `NAME=value` pairs of a text's lines in their order, or the first line that is none.
 *
 * @param name is what a name may look like.
 */
export function entriesOf(text: string, name = VARIABLE): [string, string][] | { wrong: string } {
  const pairs: [string, string][] = [];
  for (const line of text.split("\n").filter((one) => one.trim() !== "")) {
    const [, left = "", right = ""] = /^\s*([^\s=]+)\s*=\s?(.*)$/.exec(line) ?? [];
    if (!name.test(left)) return { wrong: line.trim() };
    pairs.push([left, right]);
  }
  return pairs;
}

/** The same by their names; of two with one name the last counts. */
export function pairsOf(text: string, name = VARIABLE): Record<string, string> | { wrong: string } {
  const entries = entriesOf(text, name);
  return Array.isArray(entries) ? Object.fromEntries(entries) : entries;
}

/** Return pairs as text, each on its line. */
export function linesOf(pairs: Record<string, unknown> = {}): string {
  return Object.entries(pairs)
    .map(([name, value]) => `${name}=${String(value)}`)
    .join("\n");
}

/** Return a value as what it looks like: a number, true or false, a "text", else itself. */
export function typedValue(text: string): string | number | boolean {
  if (text === "true" || text === "false") return text === "true";
  return quoted(text) ?? (/^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text);
}

/** Return pairs as text from which `typedValue` makes the same: texts that look like others stand in quotes. */
export function typedLines(pairs: Typed = {}): string {
  const written = Object.entries(pairs).map(([name, value]) => [name, writtenValue(value)]);
  return linesOf(Object.fromEntries(written));
}

function writtenValue(value: string | number | boolean): string {
  const plain = String(value);
  const comesBack = typedValue(plain) === value && plain.trim() === plain && !/[\r\n]/.test(plain);
  return comesBack ? plain : JSON.stringify(value);
}

function quoted(text: string): string | undefined {
  if (!/^".*"$/.test(text)) return undefined;
  try {
    return JSON.parse(text) as string;
  } catch {
    return undefined;
  }
}
