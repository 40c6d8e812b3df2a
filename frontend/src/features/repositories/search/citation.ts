import type { SearchAnswer } from "../types";

/** An annotation of the gateway: a passage that an answer was given, and perhaps cites. */
export interface Citation {
  type: "url_citation";
  url_citation: { title: string; url: string; start_index: number; end_index: number };
  cited: boolean;
  number: number;
  document_id: string;
  repository: string;
  headings: string[];
  /** The first and the last, counted from 1. */
  pages: [number, number] | null;
  score: number;
}

// The gateway searches with as much of a message.
const LONGEST = 4000;

/** What finds a passage again: the question that found it, else what stands above it. */
export function questionFor(citation: Citation, question?: string): string {
  const own = [citation.url_citation.title, ...citation.headings].join(" ");
  return (question?.trim() || own).slice(0, LONGEST);
}

/** The text of the passage that is meant, or undefined if it was not found again. */
export function passageOf(citation: Citation, answer: SearchAnswer): string | undefined {
  const place = JSON.stringify([citation.document_id, citation.headings, citation.pages]);
  const same = answer.docs.find(({ Document: { metadata } }) => {
    const { documentId, headings, pages } = metadata;
    return JSON.stringify([documentId, headings, pages]) === place;
  });
  return same?.Document.page_content;
}
