import type { Citation } from "../types";

/** A passage once, however often an answer cites it. */
export interface Source {
  number: number;
  title: string;
  /** Such as "p. 3", or nothing. */
  place: string;
  citation: Citation;
}

/** Return what an answer cites, and what was found besides, each by its number. */
export function sourcesOf(citations: readonly Citation[]): { cited: Source[]; others: Source[] } {
  const byNumber = new Map<number, Citation>();
  for (const citation of citations) {
    const known = byNumber.get(citation.number);
    if (!known || (citation.cited && !known.cited)) byNumber.set(citation.number, citation);
  }
  const all = [...byNumber.values()].sort((one, other) => one.number - other.number).map(source);
  return {
    cited: all.filter((one) => one.citation.cited),
    others: all.filter((one) => !one.citation.cited),
  };
}

/** Return a document's pages in words. */
export function pagesOf(pages: readonly number[] | null): string {
  if (!pages || pages.length === 0) return "";
  const [first, last] = [Math.min(...pages), Math.max(...pages)];
  return first === last ? `p. ${first}` : `p. ${first}–${last}`;
}

/** Whether a document is one that a browser opens at a page. */
export function isPdf(citation: Citation): boolean {
  return /\.pdf$/i.test(citation.url_citation.url ?? "");
}

function source(citation: Citation): Source {
  const title = citation.url_citation.title || "Untitled document";
  return { number: citation.number, title, place: pagesOf(citation.pages), citation };
}
