import { type RefObject, useLayoutEffect, useState } from "react";

/** Return how much of the window there is from an element's top to the banner below, in pixels. */
export function useFill(element: RefObject<HTMLElement | null>): number {
  const [height, setHeight] = useState(480);
  useLayoutEffect(() => {
    const measure = () => {
      const top = element.current?.getBoundingClientRect().top ?? 0;
      const below = document.getElementById("bottom")?.offsetHeight ?? 0;
      setHeight(Math.max(320, Math.floor(window.innerHeight - top - window.scrollY - below)));
    };
    measure();
    // Notices and banners above move the top.
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    window.addEventListener("resize", measure);
    return () => {
      observer.disconnect();
      window.removeEventListener("resize", measure);
    };
  }, [element]);
  return height;
}
