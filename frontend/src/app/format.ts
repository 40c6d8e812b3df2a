const MOMENT = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short" });
const DAY = new Intl.DateTimeFormat("en", { dateStyle: "medium" });
const NUMBER = new Intl.NumberFormat("en");
const SHORT = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });

/** A moment in the person's own time zone; `at` is ISO 8601 or milliseconds since 1970. */
export function moment(at: string | number): string {
  return known(at) ? MOMENT.format(new Date(at)) : "unknown";
}

export function day(at: string | number): string {
  return known(at) ? DAY.format(new Date(at)) : "unknown";
}

/** 1234567 as `1,234,567`. */
export function count(number: number): string {
  return NUMBER.format(number);
}

/** 1234567 as `1.2M`. */
export function briefly(number: number): string {
  return SHORT.format(number);
}

/** `1 token`, `2 tokens`. */
export function some(number: number, one: string, many = `${one}s`): string {
  return `${count(number)} ${number === 1 ? one : many}`;
}

function known(at: string | number): boolean {
  return !Number.isNaN(new Date(at).getTime());
}
