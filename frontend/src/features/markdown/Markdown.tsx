import { lazy, Suspense, useMemo } from "react";
import { tooMuch } from "./limits";
import { MessageBoundary } from "./MessageBoundary";
import { PlainText } from "./PlainText";
import type { MarkdownProps } from "./types";

// The first load of the page must not have the parser, the formulas and the colours of code.
const Formatted = lazy(() => import("./Formatted"));

/**
 * A text of anybody as Markdown: tables, formulas, code, diagrams, and numbers that open their sources.
 * Nothing in it runs, and nothing is asked from elsewhere. What cannot be formatted is shown as it is.
 */
export function Markdown(props: MarkdownProps) {
  const { text } = props;
  const refused = useMemo(() => tooMuch(text), [text]);
  if (refused) return <PlainText text={text} note={refused} />;
  return (
    <MessageBoundary raw={text}>
      <Suspense fallback={<PlainText text={text} />}>
        <Formatted {...props} />
      </Suspense>
    </MessageBoundary>
  );
}
