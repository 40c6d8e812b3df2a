import { useEffect, useState } from "react";
import { isHeld } from "../session/elsewhere";

const EVERY_MS = 2_000;
// What a tab writes last may arrive after it has let go.
const LOOKS_AFTER = 3;

/** Return whether another tab receives an answer now; what it has written is read meanwhile. */
export function useElsewhere(messageId: string, unfinished: boolean, refresh: () => void): boolean {
  const [elsewhere, setElsewhere] = useState(false);
  useEffect(() => {
    if (!unfinished) return setElsewhere(false);
    let gone = false;
    let left = LOOKS_AFTER;
    const look = async () => {
      const held = await isHeld(messageId);
      if (gone) return;
      setElsewhere(held);
      left = held ? LOOKS_AFTER : left - 1;
      if (left >= 0) refresh();
    };
    void look();
    const timer = setInterval(look, EVERY_MS);
    return () => {
      gone = true;
      clearInterval(timer);
    };
  }, [messageId, unfinished, refresh]);
  return elsewhere;
}
