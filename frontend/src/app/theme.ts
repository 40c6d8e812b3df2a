import { applyMode, Mode } from "@cloudscape-design/global-styles";
import { useSyncExternalStore } from "react";

export type Theme = "light" | "dark";

const KEY = "lisa.theme";
const listeners = new Set<() => void>();

/** What the person chose, else what their system prefers. */
export function theme(): Theme {
  const chosen = window.localStorage.getItem(KEY);
  if (chosen === "light" || chosen === "dark") return chosen;
  return window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

export function chooseTheme(chosen: Theme): void {
  window.localStorage.setItem(KEY, chosen);
  showTheme();
  for (const listener of listeners) listener();
}

export function showTheme(): void {
  applyMode(theme() === "dark" ? Mode.Dark : Mode.Light);
}

export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, theme);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
