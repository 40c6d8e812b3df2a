import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import { type ReactNode, useEffect, useRef } from "react";

interface Props {
  title: string;
  side: "left" | "right";
  onClose: () => void;
  actions?: ReactNode;
  children: ReactNode;
}

/** Beside the conversation where there is room, above it on a phone. Escape closes it. */
export function SidePanel({ title, side, onClose, actions, children }: Props) {
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    panel.current?.focus();
  }, []);
  return (
    <section
      ref={panel}
      className={`chat-panel chat-panel-${side}`}
      aria-label={title}
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
