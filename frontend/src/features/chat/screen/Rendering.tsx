import type { ReactNode } from "react";
import type { Citation } from "../types";

interface Props {
  text: string;
  streaming?: boolean;
  citations?: readonly Citation[];
  onCitation?: (number: number) => void;
}

/** An answer's text as it came. */
export function Markdown({ text }: Props) {
  return (
    <div className="chat-plain" dir="auto">
      {text}
    </div>
  );
}

export function MessageBoundary({ children }: { raw: string; children: ReactNode }) {
  return children;
}
