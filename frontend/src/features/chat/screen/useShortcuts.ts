import { useEffect, useRef } from "react";

export interface Shortcuts {
  onNew: () => void;
  onSearch: () => void;
  onHelp: () => void;
  onSettings: () => void;
  onPrompt: () => void;
}

/** What each combination of keys does, for the help. */
export const KEYS: readonly [string, string][] = [
  ["Enter", "Send"],
  ["Shift + Enter", "New line"],
  ["Esc", "Stop the answer; close a panel"],
  ["↑ in an empty message", "Take up the last question again"],
  ["Ctrl + Shift + O", "New chat"],
  ["Ctrl + K", "Search your chats"],
  ["Ctrl + .", "Settings"],
  ["Shift + Esc", "To the message"],
  ["Ctrl + /", "This help"],
];

/** Return what a combination of keys asks for, null for any other. */
export function shortcutOf(
  event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">,
): keyof Shortcuts | null {
  if (event.altKey) return null;
  const command = event.ctrlKey || event.metaKey;
  const key = event.key.toLowerCase();
  if (!command) return event.shiftKey && key === "escape" ? "onPrompt" : null;
  if (event.shiftKey) return key === "o" ? "onNew" : null;
  return ({ k: "onSearch", "/": "onHelp", ".": "onSettings" } as const)[key] ?? null;
}

export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const name = shortcutOf(event);
      if (!name || event.isComposing) return;
      event.preventDefault();
      latest.current[name]();
    };
    window.addEventListener("keydown", pressed);
    return () => window.removeEventListener("keydown", pressed);
  }, []);
}
