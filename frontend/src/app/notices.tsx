import Flashbar, { type FlashbarProps } from "@cloudscape-design/components/flashbar";
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from "react";
import { sentence } from "@/api/errors";

type Kind = "success" | "error" | "info" | "warning";

interface Notices {
  tell: (kind: Kind, header: string, content?: ReactNode) => void;
  /** Say what failed and why: the error's own words, which say what to do. */
  fail: (header: string, error: unknown) => void;
}

const NoticesContext = createContext<Notices | null>(null);
const ItemsContext = createContext<FlashbarProps.MessageDefinition[]>([]);

/** How a page tells what became of an action. */
export function useNotices(): Notices {
  const notices = useContext(NoticesContext);
  if (!notices) throw new Error("There are no notices outside of NoticesProvider.");
  return notices;
}

export function NoticesProvider({ children }: { children: ReactNode }) {
  const [items, setItems] = useState<FlashbarProps.MessageDefinition[]>([]);
  const tell = useCallback<Notices["tell"]>((type, header, content) => {
    const id = crypto.randomUUID();
    const dismiss = () => setItems((now) => now.filter((item) => item.id !== id));
    const item = {
      id,
      type,
      header,
      content,
      dismissible: true,
      dismissLabel: "Close this notice",
      onDismiss: dismiss,
    };
    setItems((now) => [item, ...now].slice(0, 5));
    if (type === "success") window.setTimeout(dismiss, 6000);
  }, []);
  const notices = useMemo(
    () => ({
      tell,
      fail: (header: string, error: unknown) => tell("error", header, sentence(error)),
    }),
    [tell],
  );
  return (
    <NoticesContext.Provider value={notices}>
      <ItemsContext.Provider value={items}>{children}</ItemsContext.Provider>
    </NoticesContext.Provider>
  );
}

export function NoticesBar() {
  return <Flashbar items={useContext(ItemsContext)} stackItems />;
}
