import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import { useEffect, useState } from "react";
import { sentence } from "@/api/errors";
import { count } from "@/app/format";
import { usePlan } from "./api";
import type { Candidate, ModelWish, Plan } from "./types";

/** Long enough that nothing is asked within a word. */
const PAUSE_MS = 600;

/** Whether the model that is being written would start, before anything is made. */
export function PlanVerdict({ wish }: { wish: ModelWish | null }) {
  const asked = useSettled(wish);
  const plan = usePlan(asked);
  if (wish === null) {
    return <Alert type="info">Name the weights and the machine, and this says if it starts.</Alert>;
  }
  if (plan.error) {
    return (
      <Alert type="warning" header="It could not be planned">
        {sentence(plan.error)}
      </Alert>
    );
  }
  if (!plan.data) {
    return (
      <Box color="text-body-secondary">
        <Spinner /> Reading the weights' headers…
      </Box>
    );
  }
  return (
    <div aria-live="polite" aria-busy={plan.isFetching}>
      <Verdict plan={plan.data} />
    </div>
  );
}

function Verdict({ plan }: { plan: Plan }) {
  return (
    <SpaceBetween size="s">
      {plan.reason ? (
        <Alert type="error" header={`It would not start: ${plan.reason.code}`}>
          <Box>{plan.reason.message}</Box>
          <Box>
            <strong>What to do:</strong> {plan.reason.fix}
          </Box>
        </Alert>
      ) : (
        <Alert type={plan.starts ? "success" : "warning"} header={headerOf(plan)} />
      )}
      <KeyValuePairs columns={3} items={numbersOf(plan)} />
      <Several words="What nobody can know beforehand" items={plan.unknowns} />
      <Several words="Notes" items={plan.notes} />
      <Several
        words={plan.reason ? "It would start on" : "It would also start on"}
        items={plan.candidates.map(candidateText)}
      />
    </SpaceBetween>
  );
}

function Several({ words, items }: { words: string; items: string[] }) {
  if (items.length === 0) return null;
  return (
    <Box fontSize="body-s">
      <strong>{words}</strong>
      <ul>
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    </Box>
  );
}

function headerOf(plan: Plan): string {
  return plan.starts ? "It starts" : "Whether it starts cannot be known beforehand";
}

function numbersOf(plan: Plan) {
  const { weights, memory, context, price } = plan;
  return [
    { label: "Weights", value: weights ? `${weights.gib} GiB, ${weights.format}` : "unknown" },
    {
      label: "Memory left for context",
      value: memory ? `${(memory.cacheBytes / 2 ** 30).toFixed(1)} GiB` : "unknown",
    },
    {
      label: "Largest context",
      value: context.largestTokens === null ? "unknown" : `${count(context.largestTokens)} tokens`,
    },
    {
      label: "Price",
      value: price
        ? `${count(Math.round(price.perMonthAtMinCapacity))} ${price.currency} a month at least (${price.asOf})`
        : "unknown",
    },
  ];
}

function candidateText({ instanceType, changes, price }: Candidate): string {
  const changed = Object.entries(changes).map(([name, value]) => `${name}=${value}`);
  const besides = changed.length > 0 ? ` with ${changed.join(" and ")}` : "";
  return `${instanceType}${besides}${price ? `, ${price.perHour} ${price.currency} an hour` : ""}`;
}

/** The wish once nobody has typed for a moment. */
function useSettled(wish: ModelWish | null): ModelWish | null {
  const text = JSON.stringify(wish);
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = window.setTimeout(() => setSettled(text), PAUSE_MS);
    return () => window.clearTimeout(timer);
  }, [text]);
  return JSON.parse(settled);
}
