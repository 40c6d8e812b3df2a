import { labelOf } from "./switches";
import type { Configuration, Switch } from "./types";

type Leaf = string | boolean;
type Part = keyof Configuration;

const NAMES: Record<string, string> = {
  "systemBanner.isEnabled": "Banner",
  "systemBanner.text": "The banner's text",
  "systemBanner.textColor": "The banner's text colour",
  "systemBanner.backgroundColor": "The banner's background",
  "announcement.isEnabled": "Announcement",
  "announcement.message": "The announcement's text",
  "global.defaultModel": "Default model",
};

/** Return what changed from one configuration to another, each in a phrase for people. */
export function changes(before: Configuration, after: Configuration): string[] {
  return paths(after)
    .filter(([part, key]) => leaf(before, part, key) !== leaf(after, part, key))
    .map(([part, key]) => `${nameOf(part, key)}: ${told(leaf(after, part, key))}`);
}

/** Return their configuration with what was changed here: `mine` began as `base`. */
export function merged(
  base: Configuration,
  mine: Configuration,
  theirs: Configuration,
): Configuration {
  const next = structuredClone(theirs);
  for (const [part, key] of paths(mine)) {
    const wanted = leaf(mine, part, key);
    if (wanted !== leaf(base, part, key)) Object.assign(next[part], { [key]: wanted });
  }
  return next;
}

function paths(configuration: Configuration): [Part, string][] {
  const parts = Object.keys(configuration) as Part[];
  return parts.flatMap((part) =>
    Object.keys(configuration[part]).map((key): [Part, string] => [part, key]),
  );
}

function leaf(configuration: Configuration, part: Part, key: string): Leaf | undefined {
  return (configuration[part] as unknown as Record<string, Leaf>)[key];
}

function nameOf(part: Part, key: string): string {
  if (part === "enabledComponents") return labelOf(key as Switch);
  return NAMES[`${part}.${key}`] ?? key;
}

function told(value: Leaf | undefined): string {
  if (typeof value === "boolean") return value ? "on" : "off";
  return value ? `“${value}”` : "none";
}
