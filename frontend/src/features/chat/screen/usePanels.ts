import { type RefObject, useLayoutEffect, useState } from "react";
import type { Shown } from "./Side";
import { WIDE_PX } from "./wide";

/** Both panels at their widths, and a conversation beside them that can be read. */
const ROOM_PX = 1_140;

/** What is shown beside the conversation: the list of chats, and settings or a source. */
export interface Panels {
  listed: boolean;
  /** Whether the list makes room for the other panel, until that is closed. */
  aside: boolean;
  side: Shown | null;
  list: (open: boolean) => void;
  show: (side: Shown | null) => void;
}

export function usePanels(frame: RefObject<HTMLElement | null>): Panels {
  const [listed, setListed] = useState(window.innerWidth > WIDE_PX);
  const [side, show] = useState<Shown | null>(null);
  const aside = useCramped(frame) && side !== null;
  const list = (open: boolean) => {
    if (open && aside) show(null);
    setListed(open);
  };
  return { listed, aside, side, list, show };
}

/** Whether an element is too narrow for a panel on each side of the conversation. */
function useCramped(element: RefObject<HTMLElement | null>): boolean {
  const [cramped, setCramped] = useState(false);
  useLayoutEffect(() => {
    const frame = element.current;
    if (!frame) return;
    const observer = new ResizeObserver(() => setCramped(frame.clientWidth < ROOM_PX));
    observer.observe(frame);
    return () => observer.disconnect();
  }, [element]);
  return cramped;
}
