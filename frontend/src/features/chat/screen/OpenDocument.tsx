import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useState } from "react";
import { sentence } from "@/api/errors";
import { pdfAt } from "../documents/preview";
import { isPdf } from "../documents/sources";
import { useAddress } from "../documents/useDocuments";
import type { Citation } from "../types";

/** Opens a cited document: a PDF at the passage's page, everything else as a download. */
export function OpenDocument({ citation }: { citation: Citation }) {
  const address = useAddress(citation);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const page = citation.pages?.length ? Math.min(...citation.pages) : undefined;
  const url = address.data?.url;

  const show = async () => {
    if (!url) return;
    // A tab that is opened after waiting would be taken for an unwanted one.
    const tab = window.open("about:blank", "_blank");
    setBusy(true);
    setFailure(null);
    try {
      const shown = await pdfAt(url, page);
      if (tab) tab.location.replace(shown ?? url);
    } catch (error) {
      tab?.close();
      setFailure(error);
    } finally {
      setBusy(false);
    }
  };

  if (address.isError) {
    return <StatusIndicator type="warning">{sentence(address.error)}</StatusIndicator>;
  }
  return (
    <SpaceBetween size="xs">
      <SpaceBetween direction="horizontal" size="xs">
        {isPdf(citation) && (
          <Button
            variant="primary"
            iconName="external"
            iconAlign="right"
            loading={busy || address.isPending}
            onClick={() => void show()}
          >
            {page ? `Open at page ${page}` : "Open the document"}
          </Button>
        )}
        <Button iconName="download" href={url} loading={address.isPending} download>
          Download
        </Button>
      </SpaceBetween>
      {failure !== null && <StatusIndicator type="error">{sentence(failure)}</StatusIndicator>}
    </SpaceBetween>
  );
}
