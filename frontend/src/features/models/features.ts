import type { Model } from "./types";

type Feature = Model["features"][number];

/** Return what a model is good at: one in each line, `name` or `name: what about it`. */
export function featuresIn(text: string): { name: string; overview?: string }[] {
  const lines = text.split("\n").map((line) => line.trim());
  return lines
    .filter((line) => line !== "")
    .map((line) => {
      const [, name = line, overview] = /^(.+?):\s+(.*)$/.exec(line) ?? [];
      return overview ? { name, overview } : { name };
    });
}

/** Return the text from which `featuresIn` makes the same. */
export function featureLines(features: readonly Feature[]): string {
  return features
    .map(({ name, overview }) => (overview ? `${name}: ${overview.replace(/\s+/g, " ")}` : name))
    .join("\n");
}
