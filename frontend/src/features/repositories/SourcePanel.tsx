import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { Loading } from "@/app/Loading";
import { pageRange, percent } from "./format";
import { Aside } from "./parts";
import { useDocument, useSearch } from "./queries";
import { type Citation, passageOf, questionFor } from "./search/citation";
import { OpenSource } from "./search/OpenSource";
import { PassageText } from "./search/PassageText";

export type { Citation } from "./search/citation";

interface Props {
  /** One of the annotations that the gateway gives an answer. */
  citation: Citation;
  /** What was asked; with it the passage is found again more surely. */
  question?: string;
  close?: () => void;
}

/** What an answer rests on: where the passage stands, its text, and the document at its page. */
export function SourcePanel({ citation, question, close }: Props) {
  const { number, headings, pages, score, repository, document_id } = citation;
  const title = citation.url_citation.title;
  return (
    <section aria-label={`Source ${number}: ${title}`}>
      <SpaceBetween size="s">
        <Header
          variant="h3"
          headingTagOverride="h2"
          description={[...headings, pageRange(pages)].filter(Boolean).join(" › ")}
          actions={
            close && (
              <Button variant="icon" iconName="close" ariaLabel="Close source" onClick={close} />
            )
          }
        >
          [{number}] <span dir="auto">{title}</span>
        </Header>
        <OpenSource repositoryId={repository} documentId={document_id} page={pages?.[0]} />
        <Text citation={citation} question={question} />
        <Aside>Score {percent(score)}</Aside>
      </SpaceBetween>
    </section>
  );
}

/** The passage's text, which an answer does not carry: it is found again as it was found then. */
function Text({ citation, question }: Pick<Props, "citation" | "question">) {
  const { repository, document_id } = citation;
  const document = useDocument(repository, document_id);
  const asked = { query: questionFor(citation, question), topK: 20 };
  const answer = useSearch(repository, document.data?.collectionId, asked);
  const problem = document.error ?? answer.error;
  if (!problem && answer.isPending) return <Loading what="passage" />;
  const text = answer.data && passageOf(citation, answer.data);
  if (problem || !text) return <Unavailable gone={document.error !== null} />;
  return <PassageText label={`Passage ${citation.number}`} text={text} />;
}

function Unavailable({ gone }: { gone: boolean }) {
  return (
    <Box color="text-body-secondary">
      <b>Preview unavailable.</b>{" "}
      {gone
        ? "The document was removed since, or you may not see it any more."
        : "The passage could not be found again: the document may have changed. Open it to read it."}
    </Box>
  );
}
