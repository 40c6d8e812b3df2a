import BarChart from "@cloudscape-design/components/bar-chart";
import LineChart from "@cloudscape-design/components/line-chart";
import { type Bar, beside, type Metric, pointsOf } from "./figures";

interface Props {
  title: string;
  metric: Metric;
  bars: Bar[];
  /** Whether the bars are days, which stand side by side; names lie below each other. */
  byDay: boolean;
}

const SHORT_DAY = new Intl.DateTimeFormat("en", {
  month: "short",
  day: "numeric",
  timeZone: "UTC",
});
const HEIGHT = 260;
const BAR_HEIGHT = 44;

export function Bars({ title, metric, bars, byDay }: Props) {
  const series = metric.series.map((one) => ({
    type: "bar" as const,
    title: one.title,
    data: pointsOf(bars, one, metric.stacked),
    valueFormatter: metric.format,
  }));
  return (
    <BarChart
      series={series}
      xScaleType="categorical"
      stackedBars={metric.stacked}
      horizontalBars={!byDay}
      height={byDay ? HEIGHT : Math.max(120, bars.length * BAR_HEIGHT)}
      hideFilter
      ariaLabel={title}
      i18nStrings={{
        yTickFormatter: metric.format,
        xTickFormatter: (name) => (byDay ? shortDay(name) : beside(name)),
      }}
    />
  );
}

export function Lines({ title, metric, bars }: Props) {
  const series = metric.series.map((one) => ({
    type: "line" as const,
    title: one.title,
    data: pointsOf(bars, one, metric.stacked).map(({ x, y }) => ({ x: new Date(x), y })),
    valueFormatter: metric.format,
  }));
  return (
    <LineChart
      series={series}
      xScaleType="time"
      height={HEIGHT}
      hideFilter
      ariaLabel={title}
      i18nStrings={{
        yTickFormatter: metric.format,
        xTickFormatter: (at: Date) => SHORT_DAY.format(at),
      }}
    />
  );
}

function shortDay(day: string): string {
  return SHORT_DAY.format(new Date(day));
}
