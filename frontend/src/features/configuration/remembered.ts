import { complete } from "./defaults";
import type { Configuration } from "./types";

const KEY = "lisa.configuration";

let last: { text: string; configuration: Configuration } | null = null;

/** What held in this browser last; null where it was never read. The same object while it is the same. */
export function remembered(): Configuration | null {
  const text = window.localStorage.getItem(KEY);
  if (text === null) return null;
  if (last?.text === text) return last.configuration;
  try {
    const configuration = complete(JSON.parse(text));
    last = { text, configuration };
    return configuration;
  } catch {
    return null;
  }
}

export function remember(configuration: Configuration): void {
  try {
    window.localStorage.setItem(KEY, JSON.stringify(configuration));
  } catch {
    // A full storage remembers nothing; the next page waits for the answer again.
  }
}
