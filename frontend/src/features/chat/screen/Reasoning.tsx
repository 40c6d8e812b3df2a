import ExpandableSection from "@cloudscape-design/components/expandable-section";
import { useState } from "react";
import { Markdown } from "./Rendering";

/** What a model thought before it answered: open while nothing else is there to read. */
export function Reasoning({ text, thinking }: { text: string; thinking: boolean }) {
  const [chosen, setChosen] = useState<boolean | null>(null);
  const open = chosen ?? thinking;
  return (
    <ExpandableSection
      headerText={thinking ? "Thinking…" : "Reasoning"}
      headingTagOverride="h3"
      expanded={open}
      onChange={({ detail }) => setChosen(detail.expanded)}
    >
      {open && <Markdown text={text} streaming={thinking} />}
    </ExpandableSection>
  );
}
