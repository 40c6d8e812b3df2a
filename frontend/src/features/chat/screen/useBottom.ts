import { type RefObject, useCallback, useEffect, useRef, useState } from "react";

const NEAR_PX = 48;

export interface Bottom {
  scroller: RefObject<HTMLDivElement | null>;
  content: RefObject<HTMLDivElement | null>;
  /** Whether the newest is in sight. */
  atBottom: boolean;
  toBottom: () => void;
}

/** Keeps the newest in sight as it grows, unless somebody has scrolled up to read. */
export function useBottom(): Bottom {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  const [atBottom, setAtBottom] = useState(true);
  const toBottom = useCallback(() => {
    follows.current = true;
    setAtBottom(true);
    const element = scroller.current;
    if (element) element.scrollTop = element.scrollHeight;
  }, []);
  useEffect(() => {
    const [outer, inner] = [scroller.current, content.current];
    if (!outer || !inner) return;
    let top = outer.scrollTop;
    const seen = () => {
      const left = outer.scrollHeight - outer.scrollTop - outer.clientHeight;
      // What grows below is no scrolling: only a person scrolls up.
      if (outer.scrollTop < top) follows.current = false;
      if (left < NEAR_PX) follows.current = true;
      top = outer.scrollTop;
      setAtBottom(follows.current);
    };
    const grown = new ResizeObserver(() => {
      if (follows.current) outer.scrollTop = outer.scrollHeight;
      seen();
    });
    grown.observe(inner);
    grown.observe(outer);
    outer.addEventListener("scroll", seen, { passive: true });
    return () => {
      grown.disconnect();
      outer.removeEventListener("scroll", seen);
    };
  }, []);
  return { scroller, content, atBottom, toBottom };
}
