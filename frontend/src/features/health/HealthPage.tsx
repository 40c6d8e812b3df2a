import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import Link from "@cloudscape-design/components/link";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { moment } from "@/app/format";
import { useModels } from "@/features/models/api";
import { addressOf } from "@/features/models/status";
import type { Model } from "@/features/models/types";
import { useDeepHealth, useGatewayHealth } from "./api";
import { type Check, checkOf, countsOf, standsOn, troubled } from "./checks";

/** How the parts fare that a browser can ask, the models, and what the API itself stands on. */
export default function HealthPage() {
  const gateway = useGatewayHealth();
  const models = useModels();
  const deep = useDeepHealth();
  const again = () => void Promise.all([gateway.refetch(), models.refetch(), deep.refetch()]);
  const checks = [
    checkOf("Gateway", gateway, `answers within ${Math.ceil(gateway.data ?? 0)} ms`),
    // A list of all models takes as long as it takes: its time would say nothing of the API.
    checkOf("API", models, "answers"),
  ];
  const asked = Math.max(gateway.dataUpdatedAt, gateway.errorUpdatedAt);
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description={asked > 0 && `Asked at ${moment(asked)}, and again every 15 seconds.`}
          actions={
            <Button onClick={again} loading={gateway.isFetching}>
              Ask now
            </Button>
          }
        >
          Health
        </Header>
      }
    >
      <SpaceBetween size="l">
        <Container header={<Header variant="h2">Parts</Header>}>
          <Checks checks={checks} named />
        </Container>
        {models.data && !models.error && <Models models={models.data} />}
        <Container header={<Header variant="h2">What LISA stands on</Header>}>
          {deep.data && !deep.error ? (
            <Checks checks={standsOn(deep.data.checks)} named />
          ) : (
            <Checks checks={[checkOf("The installation's own checks", deep, "")]} named />
          )}
        </Container>
      </SpaceBetween>
    </ContentLayout>
  );
}

function Models({ models }: { models: Model[] }) {
  const header = <Header variant="h2">Models</Header>;
  if (models.length === 0) {
    return (
      <Container header={header}>
        <Box>
          There are none yet. <Link href="#/models/create">Create one.</Link>
        </Box>
      </Container>
    );
  }
  return (
    <Container header={header}>
      <SpaceBetween size="m">
        <Checks checks={countsOf(models)} />
        {troubled(models).map((model) => (
          <Box key={model.modelId}>
            <Link href={addressOf(model.modelId)}>{model.modelId}</Link>:{" "}
            {model.failureReason?.message} {model.failureReason?.fix}
          </Box>
        ))}
      </SpaceBetween>
    </Container>
  );
}

function Checks({ checks, named = false }: { checks: Check[]; named?: boolean }) {
  return (
    <SpaceBetween size="xs">
      {checks.map(({ part, state, says }) => (
        <StatusIndicator key={part} type={state}>
          {named ? `${part}: ${says}` : says}
        </StatusIndicator>
      ))}
    </SpaceBetween>
  );
}
