import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import { pagesOf, sourcesOf } from "../documents/sources";
import { usePassage } from "../documents/useDocuments";
import type { Citation } from "../types";
import { OpenDocument } from "./OpenDocument";
import { SidePanel } from "./SidePanel";

interface Props {
  citations: readonly Citation[];
  number: number;
  /** What the passages were found for. */
  question: string;
  collection?: string;
  onNumber: (number: number) => void;
  onClose: () => void;
}

/** A passage that an answer had before it, and the way to its document. */
export function SourcePanel(props: Props) {
  const { citations, number, question, collection, onNumber, onClose } = props;
  const { cited, others } = sourcesOf(citations);
  const all = [...cited, ...others].sort((one, other) => one.number - other.number);
  const source = all.find((one) => one.number === number) ?? all[0];
  return (
    <SidePanel title="Sources" side="right" onClose={onClose}>
      {source ? (
        <SpaceBetween size="m">
          {all.length > 1 && (
            <SegmentedControl
              label="Source"
              selectedId={String(source.number)}
              options={all.map((one) => ({ id: String(one.number), text: String(one.number) }))}
              onChange={({ detail }) => onNumber(Number(detail.selectedId))}
            />
          )}
          <Passage citation={source.citation} question={question} collection={collection} />
        </SpaceBetween>
      ) : (
        <Box color="text-body-secondary">This source is not among those of the answer.</Box>
      )}
    </SidePanel>
  );
}

function Passage({
  citation,
  question,
  collection,
}: {
  citation: Citation;
  question: string;
  collection?: string;
}) {
  const passage = usePassage(citation, question, collection);
  const { headings, pages, score, cited } = citation;
  return (
    <SpaceBetween size="m">
      <Box variant="h3">{citation.url_citation.title || "Untitled document"}</Box>
      <KeyValuePairs
        columns={2}
        items={[
          ...(headings.length > 0 ? [{ label: "Section", value: headings.join(" › ") }] : []),
          ...(pages?.length ? [{ label: "Pages", value: pagesOf(pages) }] : []),
          { label: "Score", value: typeof score === "number" ? score.toFixed(3) : "–" },
          { label: "Cited", value: cited ? "Yes" : "No, only found" },
        ]}
      />
      <OpenDocument citation={citation} />
      {passage.isLoading && (
        <Box color="text-body-secondary">
          <Spinner /> Loading the passage…
        </Box>
      )}
      {passage.data && (
        <blockquote className="chat-plain chat-passage" dir="auto">
          {passage.data}
        </blockquote>
      )}
      {(passage.isError || passage.data === null) && (
        <Alert type="info">
          There is no preview of this passage: the document has changed since, or cannot be searched
          now. Open the document to read it.
        </Alert>
      )}
    </SpaceBetween>
  );
}
