import "./search.css";
import Box from "@cloudscape-design/components/box";

/** What a document says, as the text that it is; a long one scrolls in its place. */
export function PassageText({ label, text }: { label: string; text: string }) {
  return (
    <Box>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no pointer scrolls it, too */}
      <section className="passage" dir="auto" aria-label={label} tabIndex={0}>
        {text}
      </section>
    </Box>
  );
}
