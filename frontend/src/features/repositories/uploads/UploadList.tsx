import "./uploads.css";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import ProgressBar from "@cloudscape-design/components/progress-bar";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { bytes } from "../format";
import type { Transfer } from "./transfers";
import type { Uploads } from "./useUploads";

interface Props {
  uploads: Uploads;
  /** Leaves out what has arrived, where another list shows it. */
  underWay?: boolean;
}

/** Files on their way, each with its progress, or why it failed and another try. */
export function UploadList({ uploads, underWay = false }: Props) {
  const shown = uploads.transfers.filter(({ phase }) => !underWay || phase !== "done");
  if (shown.length === 0) return null;
  return (
    <ul className="uploads" aria-label="Uploads">
      {shown.map((transfer) => (
        <li key={transfer.id}>
          <div className="uploads-file">
            <State transfer={transfer} />
          </div>
          <SpaceBetween direction="horizontal" size="xxs">
            {transfer.phase === "failed" && !transfer.hopeless && (
              <Button
                variant="inline-link"
                ariaLabel={`Try again: ${transfer.name}`}
                onClick={() => uploads.retry(transfer.id)}
              >
                Try again
              </Button>
            )}
            <Button
              variant="icon"
              iconName="close"
              ariaLabel={`Take ${transfer.name} off the list`}
              onClick={() => uploads.remove(transfer.id)}
            />
          </SpaceBetween>
        </li>
      ))}
    </ul>
  );
}

function State({ transfer }: { transfer: Transfer }) {
  const { name, size, phase, sent, problem } = transfer;
  if (phase === "failed") {
    return (
      <StatusIndicator type="error">
        {name}: {problem}
      </StatusIndicator>
    );
  }
  if (phase === "done") return <StatusIndicator type="success">{name}</StatusIndicator>;
  const how = phase === "accepting" ? "Uploaded; being accepted…" : bytes(size);
  return (
    <>
      <ProgressBar value={Math.round(sent * 100)} label={name} variant="standalone" />
      <Box color="text-body-secondary" fontSize="body-s">
        {how}
      </Box>
    </>
  );
}
