import type { PropertyFilterProps } from "@cloudscape-design/components/property-filter";
import type { Filter, Question } from "./question";

type Token = PropertyFilterProps.Token;

/** The filters that a property filter's tokens say: one of each property, of which the last holds. */
export function filtersOf(tokens: readonly Token[]): Question["filters"] {
  const said = tokens.filter((token) => token.propertyKey && String(token.value ?? "").trim());
  const pairs = said.map((token) => [token.propertyKey as Filter, String(token.value).trim()]);
  return Object.fromEntries(pairs);
}

export function tokensOf(filters: Question["filters"]): Token[] {
  return Object.entries(filters).map(([propertyKey, value]) => ({
    propertyKey,
    value,
    operator: "=",
  }));
}
