import { useCollection } from "@cloudscape-design/collection-hooks";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Pagination from "@cloudscape-design/components/pagination";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import TextFilter from "@cloudscape-design/components/text-filter";
import type { ReactNode } from "react";
import { some } from "./format";
import { Problem } from "./Problem";

/** The state of what is listed, as react-query tells it. */
export interface Listed<Item> {
  items: Item[];
  isPending: boolean;
  error: unknown;
  refetch: () => unknown;
  /** There is more on the server, and this loads it. */
  more?: () => unknown;
  loadingMore?: boolean;
}

interface Props<Item> {
  title: string;
  description?: ReactNode;
  /** What is listed, in plural and small letters. */
  many: string;
  listed: Listed<Item>;
  columns: TableProps.ColumnDefinition<Item>[];
  trackBy: (item: Item) => string;
  /** What the text filter looks into. */
  textOf: (item: Item) => string;
  /** What to say, and to do next, where there is nothing. */
  empty: ReactNode;
  actions?: ReactNode;
  /** Further filters, beside that for text. */
  filters?: ReactNode;
  /** The last column, with what can be done, stays in sight on narrow windows. */
  sticky?: boolean;
  /** A part of a page that has a heading of its own. */
  part?: boolean;
}

const PAGE = 20;

/** A page's table: filter, sorting, pages, and the states without rows. */
export function ResourceTable<Item>(props: Props<Item>) {
  const { listed, many } = props;
  const collection = useCollection(listed.items, {
    filtering: {
      filteringFunction: (item, text) => matches(props.textOf(item), text),
      empty: props.empty,
      noMatch: <NoMatch many={many} clear={() => collection.actions.setFiltering("")} />,
    },
    pagination: { pageSize: PAGE },
    sorting: {},
  });
  const { filterProps, paginationProps, filteredItemsCount = 0 } = collection;
  if (listed.error && listed.items.length === 0) {
    const header = `The ${many} could not be loaded`;
    return <Problem header={header} error={listed.error} again={listed.refetch} />;
  }
  return (
    <Table
      {...collection.collectionProps}
      variant={props.part ? "container" : "full-page"}
      items={collection.items}
      columnDefinitions={props.columns}
      trackBy={props.trackBy}
      stickyColumns={props.sticky ? { last: 1 } : undefined}
      loading={listed.isPending}
      loadingText={`Loading ${many}…`}
      header={<TableHeader {...props} />}
      filter={
        <SpaceBetween direction="horizontal" size="xs">
          <TextFilter
            {...filterProps}
            filteringPlaceholder={`Find ${many}`}
            filteringAriaLabel={`Find ${many}`}
            countText={filterProps.filteringText && some(filteredItemsCount, "match", "matches")}
          />
          {props.filters}
        </SpaceBetween>
      }
      pagination={paginationProps.pagesCount > 1 && <Pagination {...paginationProps} />}
      footer={listed.more && <More many={many} listed={listed} />}
    />
  );
}

function TableHeader<Item>({ title, description, listed, actions, part }: Props<Item>) {
  const counter = listed.isPending ? "" : `(${listed.items.length}${listed.more ? "+" : ""})`;
  return (
    <Header
      variant={part ? "h2" : "h1"}
      description={description}
      counter={counter}
      actions={actions}
    >
      {title}
    </Header>
  );
}

function More<Item>({ many, listed }: { many: string; listed: Listed<Item> }) {
  return (
    <Box textAlign="center">
      <Button loading={listed.loadingMore} onClick={() => void listed.more?.()}>
        Load more {many}
      </Button>
    </Box>
  );
}

function NoMatch({ many, clear }: { many: string; clear: () => void }) {
  return (
    <Box textAlign="center" padding="l">
      <SpaceBetween size="s">
        <Box color="text-body-secondary">No {many} match.</Box>
        <Button onClick={clear}>Show all</Button>
      </SpaceBetween>
    </Box>
  );
}

function matches(within: string, text: string): boolean {
  const found = within.toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => found.includes(word));
}
