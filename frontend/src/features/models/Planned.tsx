import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import { useFormContext, useWatch } from "react-hook-form";
import { type Draft, plannable } from "./draft";
import { PlanVerdict } from "./PlanVerdict";

/** Whether what is being written would start. */
export function Planned() {
  const { control } = useFormContext<Draft>();
  // Every field counts, and each change renders this part alone.
  const draft = useWatch({ control }) as Draft;
  return (
    <Container header={<Header variant="h2">Will it start?</Header>}>
      <PlanVerdict wish={plannable(draft)} />
    </Container>
  );
}
