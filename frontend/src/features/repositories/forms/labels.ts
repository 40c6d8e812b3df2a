import { entriesOf, pairsOf, typedLines, typedValue } from "@/app/lines";
import type { Labels } from "../types";
import type { Rule } from "./useForm";

/** What people say of something, as it is filled in. */
export interface LabelsDraft {
  tags: string[];
  /** One `name=value` in each line. */
  customFields: string;
}

export const NO_LABELS: LabelsDraft = { tags: [], customFields: "" };

const NAME = /^[A-Za-z][A-Za-z0-9_-]{0,49}$/;

export const LABELS_RULE: Rule<LabelsDraft> = {
  field: "customFields",
  holds: ({ customFields }) => Array.isArray(entriesOf(customFields, NAME)),
  message: "One name=value in each line; a name is letters, digits, _ and -, such as year=2026.",
};

/** Numbers, true and false are sent as such; a text that looks like one stands in quotes. */
export function labelsOf({ tags, customFields }: LabelsDraft): Labels {
  const fields = Object.entries(pairsOf(customFields, NAME));
  return {
    tags,
    customFields: Object.fromEntries(fields.map(([name, text]) => [name, typedValue(text)])),
  };
}

export function labelsDraft(labels: Labels | null): LabelsDraft {
  return { tags: labels?.tags ?? [], customFields: typedLines(labels?.customFields) };
}

/** What a document's labels must be for a search to find it: of one name, any of the values. */
export type Wanted = Record<string, ReturnType<typeof typedValue>[]>;

export const WANTED_RULE: Rule<{ filter: string }> = {
  field: "filter",
  holds: ({ filter }) => Array.isArray(entriesOf(filter, NAME)),
  message: "One name=value in each line, such as tags=hr or year=2026.",
};

export function wantedOf(filter: string): Wanted | undefined {
  const entries = entriesOf(filter, NAME);
  if (!Array.isArray(entries) || entries.length === 0) return undefined;
  const names = [...new Set(entries.map(([name]) => name))];
  const valuesOf = (name: string) => entries.filter(([one]) => one === name);
  return Object.fromEntries(
    names.map((name) => [name, valuesOf(name).map(([, text]) => typedValue(text))]),
  );
}

/** Labels as people read them: tags, and fields with their values. */
export function labelWords(labels: Labels | null): string[] {
  const fields = Object.entries(labels?.customFields ?? {});
  return [...(labels?.tags ?? []), ...fields.map(([name, value]) => `${name}: ${value}`)];
}
