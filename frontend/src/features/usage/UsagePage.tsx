import Alert from "@cloudscape-design/components/alert";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMemo, useState } from "react";
import { count } from "@/app/format";
import { Loading } from "@/app/Loading";
import { Problem } from "@/app/Problem";
import { useCaller } from "@/auth/session";
import { useTokens } from "@/features/tokens/api";
import { useUsage } from "./api";
import { type Names, tilesOf } from "./figures";
import { FIRST, kindOf } from "./question";
import type { Report } from "./types";
import { UsageChart } from "./UsageChart";
import { UsageFilters } from "./UsageFilters";
import { UsageTable } from "./UsageTable";

/** What was used: one's own, for administrators everybody's. */
export default function UsagePage() {
  const { admin } = useCaller();
  const [question, ask] = useState(FIRST);
  const { data, error, isPending, isFetching, refetch } = useUsage(question);
  const names = useTokenNames();
  const whose = admin ? "Everybody's" : "Your";
  const description = `${whose} requests and tokens, counted within seconds. No prompt and no answer is kept.`;
  return (
    <ContentLayout
      header={
        <Header variant="h1" description={description}>
          Usage
        </Header>
      }
    >
      <SpaceBetween size="l">
        <UsageFilters
          question={question}
          ask={ask}
          names={names}
          rows={data?.rows ?? []}
          busy={isFetching}
        />
        {error && <Problem header="Usage could not be read" error={error} again={refetch} />}
        {isPending && <Loading what="Usage" />}
        {data && !error && <Answer report={data} names={names} />}
      </SpaceBetween>
    </ContentLayout>
  );
}

function Answer({ report, names }: { report: Report; names: Names }) {
  const { plural } = kindOf(report.by);
  const missing = report.total.unmetered;
  return (
    <>
      <Container>
        <KeyValuePairs columns={3} items={tilesOf(report.total)} />
      </Container>
      {missing > 0 && (
        <Alert type="info">
          {count(missing)} answers told no tokens, such as images, speech, or streams that broke
          off: the sums of tokens are too low by theirs.
        </Alert>
      )}
      <UsageChart report={report} names={names} />
      <UsageTable report={report} names={names} />
      {report.omitted > 0 && (
        <Alert type="info">
          {count(report.omitted)} more {plural} are in the sums, and not in the list. Ask for fewer
          days, or narrow it down.
        </Alert>
      )}
    </>
  );
}

/** The names of the tokens that the caller can see, by their ids. */
function useTokenNames(): Names {
  const { items } = useTokens(null);
  return useMemo(() => new Map(items.map((token) => [token.tokenUUID, token.name])), [items]);
}
