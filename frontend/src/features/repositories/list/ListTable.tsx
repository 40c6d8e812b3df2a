import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import TextFilter from "@cloudscape-design/components/text-filter";
import type { ReactNode } from "react";
import { Empty } from "@/app/Empty";
import { Problem } from "@/app/Problem";

interface Props<Item> extends Omit<TableProps<Item>, "filter" | "empty" | "loading" | "trackBy"> {
  /** In the plural, small: `documents`. */
  what: string;
  trackBy: Extract<keyof Item, string>;
  /** How the list was asked for; an error with nothing to show takes the table's place. */
  answer: { isPending: boolean; error: unknown; refetch: () => unknown };
  /** What one can do where there is none yet. */
  empty: { hint: string; action?: ReactNode };
  filter?: Filtering;
}

interface Filtering {
  text: string;
  change: (text: string) => void;
  by: string;
  count?: number;
  /** What the list is narrowed by besides, such as “failed”. */
  chosen?: string;
  /** Where that is chosen. */
  choice?: ReactNode;
  clear?: () => void;
}

/** A list with its states: being loaded, failed (with another try), empty, and without a match. */
export function ListTable<Item>({ what, answer, empty, filter, ...table }: Props<Item>) {
  if (answer.error && table.items.length === 0) {
    const header = `The ${what} could not be loaded`;
    return <Problem header={header} error={answer.error} again={answer.refetch} />;
  }
  const none =
    filter?.text || filter?.chosen ? (
      <NoMatch what={what} filter={filter} />
    ) : (
      <Empty header={`No ${what} yet`} action={empty.action}>
        {empty.hint}
      </Empty>
    );
  return (
    <Table
      {...table}
      loading={answer.isPending}
      loadingText={`Loading ${what}…`}
      empty={none}
      wrapLines
      filter={filter && <Filter what={what} filter={filter} />}
    />
  );
}

function Filter({ what, filter }: { what: string; filter: Filtering }) {
  const text = (
    <TextFilter
      filteringText={filter.text}
      filteringPlaceholder={`Find ${what} by ${filter.by}`}
      filteringAriaLabel={`Find ${what}`}
      filteringClearAriaLabel="Clear"
      countText={filter.text && filter.count !== undefined ? `${filter.count} found` : undefined}
      onChange={({ detail }) => filter.change(detail.filteringText)}
    />
  );
  if (!filter.choice) return text;
  return (
    <SpaceBetween direction="horizontal" size="xs">
      {text}
      {filter.choice}
    </SpaceBetween>
  );
}

function NoMatch({ what, filter }: { what: string; filter: Filtering }) {
  const clear = filter.clear ?? (() => filter.change(""));
  return (
    <Box textAlign="center" padding={{ vertical: "m" }}>
      <SpaceBetween size="xs" alignItems="center">
        <b>No {what} match</b>
        <Box color="text-body-secondary">
          {filter.text
            ? `Nothing here has “${filter.text}” in its ${filter.by}`
            : `Nothing here is “${filter.chosen}”`}
          {filter.text && filter.chosen ? ` and is “${filter.chosen}”.` : "."}
        </Box>
        <Button onClick={clear}>Clear the filter</Button>
      </SpaceBetween>
    </Box>
  );
}
