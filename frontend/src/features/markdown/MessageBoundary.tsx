import Link from "@cloudscape-design/components/link";
import type { ReactNode } from "react";
import { ErrorBoundary } from "@/app/ErrorBoundary";
import { PlainText } from "./PlainText";

interface Props {
  /** The message's own text, which is shown if its rendering breaks. */
  raw: string;
  children: ReactNode;
}

/** Around each message: what breaks in it is shown as plain text, and everything else stands. */
export function MessageBoundary({ raw, children }: Props) {
  return (
    <ErrorBoundary
      fallback={(_, again) => (
        <>
          <PlainText text={raw} note="This could not be formatted, and is shown as it is." />
          <Link variant="primary" fontSize="body-s" onFollow={again}>
            Try again
          </Link>
        </>
      )}
    >
      {children}
    </ErrorBoundary>
  );
}
