import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useEffect, useState } from "react";
import { textOf } from "../core/text";
import type { Message, MessageFailure } from "../types";

interface Props {
  message: Message;
  /** Whether its rest may still come. */
  coming: boolean;
  onRetry: () => void;
  onGoOn: () => void;
  disabled: boolean;
}

const INTERRUPTED: MessageFailure = {
  code: "interrupted",
  message: "Interrupted: the page was closed, or lost its connection, while this answer came.",
};
const COMING: MessageFailure = {
  code: "interrupted",
  message: "Its page was closed while this answer came. Its rest appears here when it has ended.",
};
// After these an answer exists, and is only not whole.
const MILD = ["length", "interrupted"];

/** Why an answer is not whole, and what to do now. Nothing for one that is. */
export function Failure({ message, coming, onRetry, onGoOn, disabled }: Props) {
  const interrupted = coming ? COMING : INTERRUPTED;
  const failure = message.status === "streaming" ? interrupted : message.error;
  if (!failure) return null;
  const mild = MILD.includes(failure.code);
  const begun = textOf(message) !== "";
  return (
    <Alert
      type={mild ? "info" : "error"}
      header={mild ? undefined : headerOf(failure)}
      action={
        <SpaceBetween direction="horizontal" size="xs">
          {begun && failure.code !== "content_filter" && (
            <Button onClick={onGoOn} disabled={disabled}>
              Go on
            </Button>
          )}
          {failure.code === "signed_out" ? (
            <Button onClick={() => window.location.reload()}>Sign in again</Button>
          ) : (
            failure.code !== "length" && (
              <Retry wait={failure.retryAfter ?? 0} onRetry={onRetry} disabled={disabled} />
            )
          )}
        </SpaceBetween>
      }
    >
      {failure.message}
    </Alert>
  );
}

function headerOf(failure: MessageFailure): string {
  const headers: Record<string, string> = {
    signed_out: "You are signed out",
    not_allowed: "This is not for you",
    rate_limited: "Too many requests",
    context_overflow: "The conversation is too long",
    model_unavailable: "The model cannot be asked now",
    model_not_in_service: "The model is not in service",
    model_not_found: "There is no such model",
    network: "No connection",
    content_filter: "The answer was held back",
  };
  return headers[failure.code] ?? "There was no whole answer";
}

function Retry({
  wait,
  onRetry,
  disabled,
}: {
  wait: number;
  onRetry: () => void;
  disabled: boolean;
}) {
  const [left, setLeft] = useState(wait);
  useEffect(() => {
    if (left <= 0) return;
    const timer = setTimeout(() => setLeft(left - 1), 1_000);
    return () => clearTimeout(timer);
  }, [left]);
  return (
    <Button onClick={onRetry} disabled={disabled || left > 0} iconName="refresh">
      {left > 0 ? `Try again in ${left} s` : "Try again"}
    </Button>
  );
}
