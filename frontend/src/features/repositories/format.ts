const UNITS = ["B", "kB", "MB", "GB"];

/** Bytes for people: `1.4 MB`. */
export function bytes(count: number): string {
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(1, count)) / 3));
  const value = count / 1000 ** power;
  return `${value >= 10 || power === 0 ? Math.round(value) : value.toFixed(1)} ${UNITS[power]}`;
}

/** The pages of a passage: `page 3`, `pages 3–4`, or nothing where there are none. */
export function pageRange(pages: readonly number[] | null | undefined): string {
  const [first, last = first] = pages ?? [];
  if (first === undefined) return "";
  return first === last ? `page ${first}` : `pages ${first}–${last}`;
}

/** A share of one for people: `87 %`. */
export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
