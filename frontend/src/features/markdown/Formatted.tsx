import TextContent from "@cloudscape-design/components/text-content";
import { useMemo } from "react";
import { Block } from "./Block";
import { blocksOf } from "./blocks";
import { SurroundingsContext } from "./context";
import type { MarkdownProps } from "./types";

const NONE: never[] = [];

/** What `Markdown` loads when it is first needed: a text in blocks, of which only the changed ones render. */
export default function Formatted(props: MarkdownProps) {
  const { text, streaming = false, citations = NONE, onCitation, imageHosts = NONE } = props;
  const blocks = useMemo(() => blocksOf(text), [text]);
  const numbers = citations.map(({ number }) => number).join(",");
  const surroundings = useMemo(
    () => ({ citations, onCitation, imageHosts }),
    [citations, onCitation, imageHosts],
  );
  return (
    <SurroundingsContext.Provider value={surroundings}>
      <TextContent>
        <div className="md">
          {blocks.map((raw, place) => (
            <Block
              // biome-ignore lint/suspicious/noArrayIndexKey: a text grows at its end, so places are its blocks' identity.
              key={place}
              raw={raw}
              open={streaming && place === blocks.length - 1}
              numbers={numbers}
            />
          ))}
        </div>
      </TextContent>
    </SurroundingsContext.Provider>
  );
}
