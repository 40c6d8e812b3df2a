import { useMemo } from "react";
import { Markdown as Formatted } from "@/features/markdown/Markdown";
import { sourcesOf } from "../documents/sources";
import type { Citation } from "../types";

export { MessageBoundary } from "@/features/markdown/MessageBoundary";

interface Props {
  text: string;
  streaming?: boolean;
  citations?: readonly Citation[];
  onCitation?: (number: number) => void;
}

/** An answer's text as Markdown; the numbers of its sources open them. */
export function Markdown({ citations, ...rest }: Props) {
  const sources = useMemo(() => {
    const { cited, others } = sourcesOf(citations ?? []);
    return [...cited, ...others];
  }, [citations]);
  return <Formatted {...rest} citations={sources} />;
}
