import "./models.css";
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { Code } from "@/app/Code";
import { count, moment } from "@/app/format";
import { ModelStatus } from "./columns";
import { isHosted, lookOf, providerOf } from "./status";
import type { Model, Moment, Reason } from "./types";

/** Why a model cannot serve, or why its last change was taken back, and what to do about it. */
export function FailureShown({ model, reason }: { model: Model; reason: Reason }) {
  const failed = model.status === "Failed";
  const header = failed ? "It cannot serve" : "The last change was taken back";
  return (
    <Alert type={failed ? "error" : "warning"} header={`${header}: ${reason.code}`}>
      <Box>{reason.message}</Box>
      <Box>
        <strong>What to do:</strong> {reason.fix}
      </Box>
    </Alert>
  );
}

export function About({ model }: { model: Model }) {
  const { contextWindow, allowedGroups, fallbacks } = model;
  const items = [
    { label: "Status", value: <ModelStatus model={model} /> },
    { label: "Served by", value: providerOf(model) },
    { label: "Type", value: model.modelType },
    { label: isHosted(model) ? "Weights" : "Provider's name", value: model.modelName },
    {
      label: "Context window",
      value: contextWindow === null ? "unknown" : `${count(contextWindow)} tokens`,
    },
    { label: "Streams", value: model.streaming ? "yes" : "no" },
    { label: "May be called by", value: allowedGroups.join(", ") || "everybody" },
    { label: "Fallbacks", value: fallbacks.join(", ") || "none" },
    ...(isHosted(model) ? serversOf(model) : keyOf(model)),
    { label: "Created", value: moment(model.createdAt) },
  ];
  return (
    <Container header={<Header variant="h2">About</Header>}>
      <KeyValuePairs columns={3} items={items} />
    </Container>
  );
}

function serversOf(model: Model) {
  const { minCapacity = 1, maxCapacity = 1 } = model.autoScalingConfig ?? {};
  return [
    { label: "Machine", value: model.instanceType },
    { label: "Instances", value: `${minCapacity} to ${maxCapacity}` },
    { label: "Image", value: model.containerConfig?.image.baseImage },
  ];
}

function keyOf(model: Model) {
  const address = model.modelUrl ? [{ label: "Address", value: model.modelUrl }] : [];
  return [{ label: "API key", value: model.hasApiKey ? "set, not shown" : "none" }, ...address];
}

/** What became of a model, the latest first. */
export function Timeline({ moments }: { moments: Moment[] }) {
  return (
    <Container header={<Header variant="h2">Timeline</Header>}>
      <ol className="timeline">
        {moments.toReversed().map((one, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two moments may say the same at the same time.
          <li key={`${one.at}-${place}`}>
            <StatusIndicator type={place === 0 ? lookOf(one.status).type : "info"}>
              {lookOf(one.status).text}
            </StatusIndicator>
            <Box fontSize="body-s" color="text-body-secondary">
              {moment(one.at)}
            </Box>
            {one.note && <Box>{one.note}</Box>}
          </li>
        ))}
      </ol>
    </Container>
  );
}

/** The definition as the API has it: with it the same model can be made again. */
export function DefinitionShown({ model }: { model: Model }) {
  const { status, timeline, failureReason, createdAt, updatedAt, hasApiKey, ...rest } = model;
  const { contextWindow, ...definition } = rest;
  return (
    <ExpandableSection variant="container" headerText="Definition (JSON)">
      <Code label="definition" text={JSON.stringify(definition, null, 2)} />
    </ExpandableSection>
  );
}
