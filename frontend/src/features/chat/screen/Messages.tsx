import Button from "@cloudscape-design/components/button";
import LiveRegion from "@cloudscape-design/components/live-region";
import type { ReactNode } from "react";
import { placeOf } from "../core/tree";
import type { View } from "../session/view";
import { type Doing, MessageItem } from "./MessageItem";
import type { Bottom } from "./useBottom";

interface Props {
  view: View;
  models: readonly string[];
  doing: Doing;
  bottom: Bottom;
  /** In the place of messages where there are none. */
  empty: ReactNode;
  label?: string;
}

/** The branch that is shown, in a frame that scrolls by itself. */
export function Messages(props: Props) {
  const { view, models, doing, bottom, empty, label = "Conversation" } = props;
  const busy = view.live !== null;
  return (
    <div className="chat-middle">
      <section
        className="chat-scroller"
        ref={bottom.scroller}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        tabIndex={0}
        aria-label={label}
      >
        <div className="chat-messages" ref={bottom.content}>
          {view.path.length === 0
            ? empty
            : view.path.map((message) => (
                <MessageItem
                  key={message.messageId}
                  message={message}
                  {...placeOf(view.tree, message)}
                  live={message.messageId === view.live}
                  busy={busy}
                  models={models}
                  doing={doing}
                />
              ))}
        </div>
      </section>
      {!bottom.atBottom && view.path.length > 0 && (
        <div className="chat-newest">
          <Button iconName="arrow-down" onClick={bottom.toBottom}>
            To the newest
          </Button>
        </div>
      )}
      <LiveRegion hidden>{busy ? "An answer is coming." : spoken(view)}</LiveRegion>
    </div>
  );
}

function spoken(view: View): string {
  const last = view.path.at(-1);
  if (last?.role !== "assistant") return "";
  return last.status === "complete" ? "The answer is complete." : "The answer has ended.";
}
