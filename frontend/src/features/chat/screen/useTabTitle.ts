import { useEffect, useRef, useState } from "react";
import { titleOf } from "@/app/title";

/** Call the tab what the conversation is called; to whoever looks elsewhere it says that an answer has come. */
export function useTabTitle(name: string, busy: boolean): void {
  const [news, setNews] = useState(false);
  const was = useRef(busy);
  useEffect(() => {
    if (was.current && !busy && document.hidden) setNews(true);
    was.current = busy;
  }, [busy]);
  useEffect(() => {
    const looked = () => document.hidden || setNews(false);
    document.addEventListener("visibilitychange", looked);
    return () => document.removeEventListener("visibilitychange", looked);
  }, []);
  // Every time: the frame has given the tab the page's name when the address changes.
  useEffect(() => {
    const title = name || "Chat";
    document.title = titleOf(news ? `Answered: ${title}` : title);
  });
}
