import Box from "@cloudscape-design/components/box";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { textOf } from "../core/text";
import { Failure } from "./Failure";
import type { ItemProps } from "./MessageItem";
import { Numbers } from "./Numbers";
import { Reasoning } from "./Reasoning";
import { Markdown, MessageBoundary } from "./Rendering";
import { Sources } from "./Sources";
import { useComing } from "./useComing";

/** What a model said, with its thoughts, sources and numbers. */
export function Answer({ message, live, busy, doing }: ItemProps) {
  const text = textOf(message);
  const open = (number: number) => doing.open(message, number);
  const unfinished = message.status === "streaming" && !live;
  const coming = useComing(message, unfinished, doing.refresh);
  return (
    <div className="chat-answer">
      {message.reasoning && <Reasoning text={message.reasoning} thinking={live && text === ""} />}
      {text !== "" && (
        <MessageBoundary raw={text}>
          <Markdown text={text} streaming={live} citations={message.citations} onCitation={open} />
        </MessageBoundary>
      )}
      {live && text === "" && !message.reasoning && (
        <Box color="text-body-secondary">Waiting for the first words…</Box>
      )}
      {message.citations && <Sources citations={message.citations} onOpen={open} />}
      {coming === "tab" && (
        <StatusIndicator type="loading">It comes in another tab</StatusIndicator>
      )}
      {!live && coming !== "tab" && (
        <Failure
          message={message}
          coming={coming === "gateway"}
          disabled={busy}
          onRetry={() => doing.regenerate(message)}
          onGoOn={() => doing.goOn(message)}
        />
      )}
      {message.status === "stopped" && <StatusIndicator type="stopped">Stopped</StatusIndicator>}
      {!live && <Numbers message={message} />}
    </div>
  );
}
