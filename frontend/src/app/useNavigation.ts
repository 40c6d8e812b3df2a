import { useState } from "react";

const KEY = "lisa.navigation";
const PHONE_PX = 688;
/** From here on it stands beside a page without crowding it. */
const ROOM_PX = { usual: 900, fills: 1_200 };

interface Opened {
  open: boolean;
  onChange: (open: boolean) => void;
}

/** Whether the navigation is open: as the person left it, else where the window has room for it. */
export function useNavigation(fills = false): Opened {
  const [open, setOpen] = useState(() => {
    const width = window.innerWidth;
    if (width <= PHONE_PX) return false;
    const left = window.localStorage.getItem(KEY);
    return left ? left === "open" : width > (fills ? ROOM_PX.fills : ROOM_PX.usual);
  });
  const onChange = (next: boolean) => {
    // There it lies above the page, and every use of it ends with its closing.
    if (window.innerWidth > PHONE_PX) {
      window.localStorage.setItem(KEY, next ? "open" : "closed");
    }
    setOpen(next);
  };
  return { open, onChange };
}
