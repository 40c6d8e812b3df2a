import { useCallback, useSyncExternalStore } from "react";
import type { Conversation } from "../session/conversation";

/** Return whether an answer comes in any of these. */
export function useBusy(all: readonly Conversation[]): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const ends = all.map((conversation) => conversation.subscribe(listener));
      return () => {
        for (const end of ends) end();
      };
    },
    [all],
  );
  return useSyncExternalStore(subscribe, () => all.some((one) => one.snapshot().live !== null));
}
