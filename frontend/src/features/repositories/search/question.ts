import { WANTED_RULE, wantedOf } from "../forms/labels";
import type { Rule } from "../forms/useForm";
import type { Question, SearchMode } from "../types";

/** A question as it is filled in; what is empty is as the collection is set. */
export interface QuestionDraft {
  text: string;
  mode: string;
  count: string;
  /** The share of the meaning in percent. */
  weight: string;
  neighbours: string;
  /** A model's id, or `NO_RERANKING`. */
  rerank: string;
  /** One `name=value` in each line. */
  filter: string;
}

/** No model's id begins so. */
export const NO_RERANKING = "-";

export const EMPTY: QuestionDraft = {
  text: "",
  mode: "",
  count: "5",
  weight: "",
  neighbours: "",
  rerank: "",
  filter: "",
};

const within = (text: string, most: number) =>
  text === "" || (/^\d+$/.test(text) && Number(text) <= most);

export const RULES: readonly Rule<QuestionDraft>[] = [
  {
    field: "text",
    holds: ({ text }) => text.trim() !== "",
    message: "Ask something.",
  },
  {
    field: "weight",
    holds: ({ weight }) => within(weight, 100),
    message: "0 to 100, or nothing.",
  },
  {
    field: "neighbours",
    holds: ({ neighbours }) => within(neighbours, 5),
    message: "0 to 5 chunks, or nothing.",
  },
  WANTED_RULE,
];

export function questionOf(draft: QuestionDraft): Question {
  const { mode, weight, neighbours, rerank } = draft;
  const filter = wantedOf(draft.filter);
  return {
    query: draft.text.trim(),
    topK: Number(draft.count),
    ...(mode && { searchMode: mode as SearchMode }),
    ...(weight && { vectorWeight: Number(weight) / 100 }),
    ...(neighbours && { neighbours: Number(neighbours) }),
    ...(rerank && { rerank: rerank === NO_RERANKING ? false : rerank }),
    ...(filter && { filter }),
  };
}
