import { useCallback, useState } from "react";

export interface Pages {
  /** What the current page is asked for with; nothing for the first. */
  cursor: string | undefined;
  /** To the first page: when something else is asked for. */
  restart: () => void;
  /** Properties of a Pagination, for what the current page said of the next one. */
  pagination: (next: string | null | undefined) => {
    currentPageIndex: number;
    pagesCount: number;
    onChange: (event: { detail: { currentPageIndex: number } }) => void;
  };
}

/** Pages by cursors: each tells the next one's, so that one goes forward by one and back by any. */
export function usePages(): Pages {
  const [cursors, setCursors] = useState<readonly string[]>([]);
  const [current, setCurrent] = useState(1);
  const restart = useCallback(() => {
    setCursors([]);
    setCurrent(1);
  }, []);
  const pagination: Pages["pagination"] = (next) => ({
    currentPageIndex: current,
    pagesCount: next ? Math.max(current, cursors.length) + 1 : current,
    onChange: ({ detail }) => {
      const wanted = detail.currentPageIndex;
      if (wanted === current + 1 && next) setCursors([...cursors.slice(0, current - 1), next]);
      setCurrent(wanted);
    },
  });
  return { cursor: current > 1 ? cursors[current - 2] : undefined, restart, pagination };
}
