import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import Select from "@cloudscape-design/components/select";
import { lazy, Suspense, useState } from "react";
import { Loading } from "@/app/Loading";
import { barsOf, METRICS, type Names } from "./figures";
import { kindOf } from "./question";
import type { Report } from "./types";

const Bars = lazy(() => import("./Charts").then((charts) => ({ default: charts.Bars })));
const Lines = lazy(() => import("./Charts").then((charts) => ({ default: charts.Lines })));

/** More days than this are too narrow as bars. */
const MOST_DAYS = 62;

const OPTIONS = METRICS.map(({ id, text }) => ({ value: id, label: text }));

/** One of the report's figures, drawn. */
export function UsageChart({ report, names }: { report: Report; names: Names }) {
  const [chosen, choose] = useState(METRICS[0].id);
  const metric = METRICS.find((one) => one.id === chosen) ?? METRICS[0];
  const bars = barsOf(report, names);
  const lines = report.by === "day" && (!metric.stacked || bars.length > MOST_DAYS);
  const Chart = lines ? Lines : Bars;
  const title = `${metric.text} by ${kindOf(report.by).text.toLowerCase()}`;
  const select = (
    <Select
      options={OPTIONS}
      selectedOption={{ value: metric.id, label: metric.text }}
      onChange={({ detail }) => choose(detail.selectedOption.value ?? METRICS[0].id)}
      ariaLabel="What is drawn"
    />
  );
  return (
    <Container
      header={
        <Header variant="h2" actions={select}>
          {title}
        </Header>
      }
    >
      {report.rows.length === 0 ? (
        <Box textAlign="center" color="text-body-secondary" padding="l">
          Nothing was used in these days.
        </Box>
      ) : (
        <Suspense fallback={<Loading what="Chart" />}>
          <Chart title={title} metric={metric} bars={bars} byDay={report.by === "day"} />
        </Suspense>
      )}
    </Container>
  );
}
