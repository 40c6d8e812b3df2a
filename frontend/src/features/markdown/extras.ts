import { useEffect, useSyncExternalStore } from "react";
import type { Options } from "react-markdown";

type Plugin = NonNullable<Options["rehypePlugins"]>[number];
type Name = "math" | "code";

/** Large parts, which are loaded when a text first needs them; until then its source is shown. */
const loaders: Record<Name, () => Promise<{ plugin: Plugin }>> = {
  math: () => import("./formulas"),
  code: () => import("./colours"),
};
const loaded = new Map<Name, Plugin>();
const asked = new Map<Name, Promise<void>>();
const listeners = new Set<() => void>();

/** Return a plugin once it is there, or null: not wanted, not yet loaded, or not to be had. */
export function useExtra(name: Name, wanted: boolean): Plugin | null {
  const plugin = useSyncExternalStore(subscribe, () => loaded.get(name) ?? null);
  useEffect(() => {
    if (wanted && !asked.has(name)) asked.set(name, load(name));
  }, [name, wanted]);
  return wanted ? plugin : null;
}

async function load(name: Name): Promise<void> {
  try {
    loaded.set(name, (await loaders[name]()).plugin);
    for (const listener of listeners) listener();
  } catch {
    asked.delete(name);
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
