import { useEffect, useState } from "react";

/**
 * Takes `aria-orientation` off the navigation's bar on a phone; shows nothing itself.
 *
 * Cloudscape's AppLayout writes it on a `<nav>`, where ARIA does not allow it. The attribute never
 * changes, so React writes it only where the bar is drawn anew: when a window becomes narrow.
 */
export function AllowedToolbar() {
  const [width, setWidth] = useState(window.innerWidth);
  useEffect(() => {
    // AppLayout hears the same event: both are drawn at once, and the effect below comes after.
    const resized = () => setWidth(window.innerWidth);
    window.addEventListener("resize", resized);
    return () => window.removeEventListener("resize", resized);
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the bar comes and goes with the width.
  useEffect(() => {
    document.querySelector("nav[aria-orientation]")?.removeAttribute("aria-orientation");
  }, [width]);
  return null;
}
