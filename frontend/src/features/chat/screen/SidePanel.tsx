import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import { type ReactNode, type RefObject, useEffect, useRef } from "react";
import { WIDE_PX } from "./wide";

interface Props {
  title: string;
  side: "left" | "right";
  /** Makes room for another panel, and keeps what it shows. */
  aside?: boolean;
  onClose: () => void;
  actions?: ReactNode;
  children: ReactNode;
}

/** Beside the conversation where there is room, above it on a phone. Escape closes it. */
export function SidePanel({ title, side, aside, onClose, actions, children }: Props) {
  const panel = useRef<HTMLElement>(null);
  useFocus(panel, side === "right" || window.innerWidth <= WIDE_PX);
  return (
    <section
      ref={panel}
      className={`chat-panel chat-panel-${side}`}
      aria-label={title}
      hidden={aside}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key === "Escape" && !event.defaultPrevented) onClose();
      }}
    >
      <Container
        fitHeight
        header={
          <Header
            variant="h2"
            actions={
              <div className="chat-panel-actions">
                {actions}
                <Button
                  variant="icon"
                  iconName="close"
                  ariaLabel={`Close ${title}`}
                  onClick={onClose}
                />
              </div>
            }
          >
            {title}
          </Header>
        }
      >
        {children}
      </Container>
    </section>
  );
}

/** The keyboard goes on in what was opened, and where it was before when that is closed. */
function useFocus(panel: RefObject<HTMLElement | null>, takes: boolean): void {
  const wanted = useRef(takes);
  useEffect(() => {
    if (!wanted.current) return;
    const before = document.activeElement;
    panel.current?.focus();
    return () => {
      const left = document.activeElement === null || document.activeElement === document.body;
      if (left && before instanceof HTMLElement) before.focus();
    };
  }, [panel]);
}
