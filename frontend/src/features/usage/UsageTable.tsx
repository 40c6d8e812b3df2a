import Button from "@cloudscape-design/components/button";
import type { TableProps } from "@cloudscape-design/components/table";
import { download } from "@/app/download";
import { Empty } from "@/app/Empty";
import { count } from "@/app/format";
import { ResourceTable } from "@/app/ResourceTable";
import { csvOf, fileName } from "./csv";
import { milliseconds, type Names, nameOf, share } from "./figures";
import { kindOf } from "./question";
import type { Report, Row } from "./types";

type Column = TableProps.ColumnDefinition<Row>;

/** The report's rows, and the same as a file. */
export function UsageTable({ report, names }: { report: Report; names: Names }) {
  const { by, rows } = report;
  const kind = kindOf(by);
  const name = (row: Row) => nameOf(row, by, names);
  const save = () => download(fileName(report), csvOf(report, names), "text/csv;charset=utf-8");
  const items = by === "day" ? rows.toReversed() : rows;
  return (
    <ResourceTable
      part
      title={`All ${kind.plural}`}
      many={kind.plural}
      listed={{ items, isPending: false, error: null, refetch: () => null }}
      columns={[
        {
          id: "name",
          header: kind.text,
          cell: name,
          isRowHeader: true,
          sortingComparator: (one, other) => name(one).localeCompare(name(other)),
        },
        ...COLUMNS,
      ]}
      trackBy={(row) => row[by] ?? ""}
      textOf={name}
      empty={
        <Empty header="Nothing was used">
          Choose other days, or send a first message in the chat.
        </Empty>
      }
      actions={
        <Button iconName="download" disabled={rows.length === 0} onClick={save}>
          Download CSV
        </Button>
      }
    />
  );
}

function counted(id: "requests" | "promptTokens" | "completionTokens", header: string): Column {
  return { id, header, cell: (row) => count(row[id]), sortingField: id };
}

const COLUMNS: Column[] = [
  counted("requests", "Requests"),
  {
    id: "failures",
    header: "Failed",
    cell: (row) => share(row.failures, row.requests),
    sortingField: "failures",
  },
  counted("promptTokens", "Tokens read"),
  counted("completionTokens", "Tokens written"),
  {
    id: "cached",
    header: "From the cache",
    cell: (row) => share(row.cachedTokens, row.promptTokens),
    sortingField: "cachedTokens",
  },
  timed("latency", "Time, median", (row) => row.latency.p50),
  timed("slow", "95 of 100 below", (row) => row.latency.p95),
  timed("first", "First token, median", (row) => row.firstToken.p50),
];

function timed(id: string, header: string, time: (row: Row) => number | null): Column {
  return {
    id,
    header,
    cell: (row) => milliseconds(time(row)),
    sortingComparator: (one, other) => (time(one) ?? -1) - (time(other) ?? -1),
  };
}
