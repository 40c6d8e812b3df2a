import Box from "@cloudscape-design/components/box";
import "./markdown.css";

/** A text as it is, with its lines, and why it is not formatted if that needs saying. */
export function PlainText({ text, note }: { text: string; note?: string }) {
  return (
    <>
      {note && (
        <Box color="text-body-secondary" fontSize="body-s">
          {note}
        </Box>
      )}
      <div className="md-plain">{text}</div>
    </>
  );
}
