import { linesOf, pairsOf } from "@/app/lines";

type Variables = Record<string, string>;

/** Return a server's variables as text, each on its line: a value of several lines stands there as JSON. */
export function variableLines(variables: Variables = {}): string {
  const written = Object.entries(variables).map(([name, value]) => [
    name,
    /[\r\n]/.test(value) ? JSON.stringify(value) : value,
  ]);
  return linesOf(Object.fromEntries(written));
}

/** Return the variables of a text whose lines are right. */
export function variablesOf(text: string): Variables {
  const read = Object.entries(pairsOf(text)).map(([name, value]) => [name, lineOf(value)]);
  return Object.fromEntries(read);
}

/** Quotes are a value's own unless there are several lines within. */
function lineOf(value: string): string {
  if (!/^".*\\[nr].*"$/.test(value)) return value;
  try {
    return JSON.parse(value) as string;
  } catch {
    return value;
  }
}
