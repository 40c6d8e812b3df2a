import Button from "@cloudscape-design/components/button";
import DateRangePicker from "@cloudscape-design/components/date-range-picker";
import FormField from "@cloudscape-design/components/form-field";
import PropertyFilter, {
  type PropertyFilterProps,
} from "@cloudscape-design/components/property-filter";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQueryClient } from "@tanstack/react-query";
import { useServedModels } from "@/api/served";
import { useCaller } from "@/auth/session";
import type { Names } from "./figures";
import { filtersOf, tokensOf } from "./filters";
import { kindsFor, type Question, type Range, rangeProblem } from "./question";
import type { By, Row } from "./types";

interface Props {
  question: Question;
  ask: (question: Question) => void;
  names: Names;
  /** Those of the answer before, whose names are offered. */
  rows: Row[];
  busy: boolean;
}

const RECENT = [7, 30, 90, 365].map((amount) => ({
  key: String(amount),
  amount,
  unit: "day" as const,
  type: "relative" as const,
}));

/** Which days, by what, and of whom or what. */
export function UsageFilters(props: Props) {
  const { question, ask, busy } = props;
  const { admin } = useCaller();
  const queries = useQueryClient();
  return (
    <SpaceBetween size="s">
      <SpaceBetween direction="horizontal" size="s" alignItems="end">
        <FormField label="Days">
          <Days range={question.range} choose={(range) => ask({ ...question, range })} />
        </FormField>
        <FormField label="By">
          <SegmentedControl
            label="By"
            selectedId={question.by}
            options={kindsFor(admin).map(({ by, text }) => ({ id: by, text }))}
            onChange={({ detail }) => ask({ ...question, by: detail.selectedId as By })}
          />
        </FormField>
        <Button
          iconName="refresh"
          ariaLabel="Ask again"
          loading={busy}
          onClick={() => void queries.invalidateQueries({ queryKey: ["usage"] })}
        />
      </SpaceBetween>
      <Narrow {...props} />
    </SpaceBetween>
  );
}

function Days({ range, choose }: { range: Range; choose: (range: Range) => void }) {
  const value =
    range.type === "relative"
      ? { ...range, unit: "day" as const, key: String(range.amount) }
      : range;
  return (
    <DateRangePicker
      dateOnly
      value={value}
      relativeOptions={RECENT}
      onChange={({ detail }) => detail.value && choose(asRange(detail.value))}
      isValidRange={(wanted) => {
        const problem = rangeProblem(wanted && asRange(wanted), Date.now());
        return problem ? { valid: false, errorMessage: problem } : { valid: true };
      }}
      placeholder="Choose the days"
      getTimeOffset={() => 0}
    />
  );
}

/** Other units than days are offered for a range of one's own. */
function asRange(value: {
  type: string;
  amount?: number;
  unit?: string;
  startDate?: string;
  endDate?: string;
}): Range {
  if (value.type === "absolute") {
    const { startDate = "", endDate = "" } = value;
    return { type: "absolute", startDate, endDate };
  }
  const days: Record<string, number> = { week: 7, month: 30, year: 365 };
  return { type: "relative", amount: (value.amount ?? 0) * (days[value.unit ?? ""] ?? 1) };
}

function Narrow({ question, ask, names, rows }: Props) {
  const { admin } = useCaller();
  const { data: served = [] } = useServedModels();
  const kinds = kindsFor(admin).filter((kind) => kind.by !== "day");
  const seen = rows.flatMap((row) => {
    const value = row[question.by];
    return value && question.by !== "day" && question.by !== "token"
      ? [{ propertyKey: question.by, value }]
      : [];
  });
  const offered: PropertyFilterProps.FilteringOption[] = [
    ...served.map((value) => ({ propertyKey: "model", value })),
    ...[...names].map(([value, label]) => ({ propertyKey: "token", value, label })),
    ...seen,
  ];
  return (
    <PropertyFilter
      query={{ operation: "and", tokens: tokensOf(question.filters) }}
      onChange={({ detail }) => ask({ ...question, filters: filtersOf(detail.tokens) })}
      filteringProperties={kinds.map(({ by, text, plural }) => ({
        key: by,
        propertyLabel: text,
        groupValuesLabel: `All ${plural}`,
        operators: ["="],
      }))}
      filteringOptions={uniqueOf(offered)}
      hideOperations
      disableFreeTextFiltering
      filteringPlaceholder="Narrow down, such as to a model"
      filteringAriaLabel="Narrow down"
    />
  );
}

function uniqueOf(options: PropertyFilterProps.FilteringOption[]) {
  const byKey = options.map((one) => [`${one.propertyKey}\n${one.value}`, one] as const);
  return [...new Map(byKey).values()];
}
