import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { sentence } from "@/api/errors";
import { useRepositoriesApi } from "../api";
import { download, openAtPage, showable } from "../documents/opening";
import { useDocument } from "../queries";

interface Props {
  repositoryId: string;
  documentId: string;
  /** Counted from 1. */
  page?: number;
}

/** Opens a document at a page; what a browser cannot show is downloaded, and what is gone is not there. */
export function OpenSource({ repositoryId, documentId, page }: Props) {
  const api = useRepositoriesApi();
  const document = useDocument(repositoryId, documentId);
  const mediaType = document.data?.mediaType;
  const [state, setState] = useState<{ busy: boolean; problem?: string }>({ busy: false });
  const address = async () => (await api.download(repositoryId, documentId)).url;
  const run = async (work: () => Promise<unknown>) => {
    setState({ busy: true });
    try {
      await work();
      setState({ busy: false });
    } catch (error) {
      setState({ busy: false, problem: sentence(error) });
    }
  };
  if (document.error) return null;
  const at = document.isPending || mediaType === "application/pdf" ? page : undefined;
  return (
    <SpaceBetween size="xs">
      <SpaceBetween direction="horizontal" size="xs">
        {(document.isPending || showable(mediaType)) && (
          <Button
            iconName="external"
            disabled={document.isPending}
            loading={state.busy}
            onClick={() => void run(() => openAtPage(mediaType, at, address))}
          >
            {at === undefined ? "Open document" : `Open at page ${at}`}
          </Button>
        )}
        <Button
          iconName="download"
          disabled={state.busy}
          onClick={() => void run(async () => download(await address()))}
        >
          Download
        </Button>
      </SpaceBetween>
      {state.problem && (
        <Alert type="error" header="The document could not be opened">
          {state.problem}
        </Alert>
      )}
    </SpaceBetween>
  );
}
