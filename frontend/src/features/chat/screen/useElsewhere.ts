import { useEffect, useState } from "react";
import { isHeld } from "../session/elsewhere";

const EVERY_MS = 2_000;

/** Return whether another tab receives an answer now; what it has written is read meanwhile. */
export function useElsewhere(messageId: string, unfinished: boolean, refresh: () => void): boolean {
  const [elsewhere, setElsewhere] = useState(false);
  useEffect(() => {
    if (!unfinished) return setElsewhere(false);
    let gone = false;
    const look = async () => {
      const held = await isHeld(messageId);
      if (gone) return;
      setElsewhere(held);
      if (held) refresh();
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
