import { useEffect, useState } from "react";
import { isHeld } from "../session/elsewhere";
import type { Message } from "../types";

/** Another tab receives it, or the gateway reads it to its end after its tab was closed. */
export type Coming = "tab" | "gateway" | null;

const EVERY_MS = 2_000;
// The gateway reads on for so long at most.
const LONGEST_MS = 15 * 60_000;

/** Return from where an answer still comes that this tab does not receive; it is read meanwhile. */
export function useComing(message: Message, unfinished: boolean, refresh: () => void): Coming {
  const { messageId, createdAt } = message;
  const [coming, setComing] = useState<Coming>(null);
  useEffect(() => {
    if (!unfinished) return setComing(null);
    let gone = false;
    const look = async () => {
      const from = (await isHeld(messageId)) ? "tab" : keptFrom(createdAt);
      if (gone) return;
      setComing(from);
      if (from) refresh();
    };
    void look();
    const timer = setInterval(look, EVERY_MS);
    return () => {
      gone = true;
      clearInterval(timer);
    };
  }, [messageId, createdAt, unfinished, refresh]);
  return coming;
}

function keptFrom(createdAt: string): Coming {
  return Date.now() - Date.parse(createdAt) < LONGEST_MS ? "gateway" : null;
}
