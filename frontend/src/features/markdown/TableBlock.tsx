import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import { type JSX, useContext } from "react";
import type { ExtraProps } from "react-markdown";
import { OpenContext } from "./context";
import { csvOf } from "./csv";

/** A table that scrolls by itself, and can be taken to a spreadsheet. */
export function TableBlock({ children, node }: JSX.IntrinsicElements["table"] & ExtraProps) {
  const open = useContext(OpenContext);
  return (
    <div className="md-table">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard. */}
      <section tabIndex={0} aria-label="Table" className="md-scroll">
        <table>{children}</table>
      </section>
      <div className="md-tools">{!open && <CopyCsv csv={node ? csvOf(node) : ""} />}</div>
    </div>
  );
}

function CopyCsv({ csv }: { csv: string }) {
  return (
    <CopyToClipboard
      variant="inline"
      textToDisplay="CSV"
      textToCopy={csv}
      copyButtonAriaLabel="Copy this table as CSV"
      copySuccessText="Copied"
      copyErrorText="Your browser did not let this page copy."
    />
  );
}
