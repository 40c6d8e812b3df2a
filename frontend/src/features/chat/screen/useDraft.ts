import { useEffect, useState } from "react";

/** What is being written in a conversation: it is there again after a reload or another page. */
export function useDraft(sessionId: string): [string, (text: string) => void] {
  const key = `lisa.draft.${sessionId}`;
  const [text, setText] = useState(() => window.sessionStorage.getItem(key) ?? "");
  useEffect(() => {
    try {
      if (text) window.sessionStorage.setItem(key, text);
      else window.sessionStorage.removeItem(key);
    } catch {
      // A full storage keeps no draft; the page still does.
    }
  }, [key, text]);
  return [text, setText];
}
