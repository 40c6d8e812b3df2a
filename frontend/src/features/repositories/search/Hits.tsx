import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { some } from "@/app/format";
import { pageRange } from "../format";
import { Aside } from "../parts";
import type { Passage, Scores, SearchAnswer } from "../types";
import { MODES } from "../words";
import { OpenSource } from "./OpenSource";
import { PassageText } from "./PassageText";

/** The passages of an answer, the best first, each with what every stage said of it. */
export function Hits({ answer, repositoryId }: { answer: SearchAnswer; repositoryId: string }) {
  const { warnings, actual_mode_used: mode, rerank_model: rerank } = answer.metadata;
  const docs = answer.docs.map((one) => one.Document);
  return (
    <SpaceBetween size="s">
      {warnings.map((warning) => (
        <Alert key={warning} type="warning">
          {warning}
        </Alert>
      ))}
      <div role="status">
        <Aside>
          {docs.length === 0 ? "No passage was found" : some(docs.length, "passage")}. Searched:{" "}
          {MODES[mode].toLowerCase()}
          {rerank && `, read again by ${rerank}`}.
        </Aside>
      </div>
      {docs.length === 0 && (
        <Box>Ask with other words, or see in “Documents” whether what you look for is there.</Box>
      )}
      {docs.map((doc) => (
        <Hit key={`${doc.metadata.rank}`} doc={doc} repositoryId={repositoryId} />
      ))}
    </SpaceBetween>
  );
}

function Hit({ doc, repositoryId }: { doc: Passage; repositoryId: string }) {
  const { title, headings, pages, scores, documentId, rank } = doc.metadata;
  return (
    <Container
      header={
        <Header
          variant="h3"
          headingTagOverride="h2"
          description={[...headings, pageRange(pages)].filter(Boolean).join(" › ")}
          actions={
            <OpenSource repositoryId={repositoryId} documentId={documentId} page={pages?.[0]} />
          }
        >
          {rank}. <span dir="auto">{title}</span>
        </Header>
      }
    >
      <SpaceBetween size="xs">
        <PassageText label={`Passage ${rank}`} text={doc.page_content} />
        <Aside>{scoresOf(scores)}</Aside>
      </SpaceBetween>
    </Container>
  );
}

/** What each stage said, as far as it was asked. */
export function scoresOf({ score, similarity, bm25, rerank }: Scores): string {
  const parts = [
    ["Score", score],
    ["meaning", similarity],
    ["words", bm25],
    ["read again", rerank],
  ] as const;
  return parts
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => `${name} ${(value as number).toFixed(2)}`)
    .join(" · ");
}
