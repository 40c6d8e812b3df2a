import Popover from "@cloudscape-design/components/popover";
import ProgressBar from "@cloudscape-design/components/progress-bar";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { Status } from "../parts";
import { documentStatus } from "../status";
import type { Document } from "../types";

/** How a document fares: how far it is, why it failed, or what was left out of it. */
export function DocumentState({ document }: { document: Document }) {
  const shown = documentStatus(document);
  if (document.status === "IN_PROGRESS") {
    return (
      <ProgressBar
        value={Math.round(document.progress * 100)}
        additionalInfo={shown.text}
        ariaLabel={`${document.documentName}: ${shown.text}`}
        variant="standalone"
      />
    );
  }
  if (document.status === "COMPLETED" && document.warnings.length > 0) {
    return <Warned warnings={document.warnings} />;
  }
  return <Status shown={shown} reason={document.reason} />;
}

function Warned({ warnings }: { warnings: string[] }) {
  return (
    <Popover
      header="Ready, with warnings"
      dismissAriaLabel="Close"
      content={
        <ul>
          {warnings.map((warning) => (
            <li key={warning}>{warning}</li>
          ))}
        </ul>
      }
    >
      <StatusIndicator type="warning">Ready</StatusIndicator>
    </Popover>
  );
}
