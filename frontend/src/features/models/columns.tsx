import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import Link from "@cloudscape-design/components/link";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { TableProps } from "@cloudscape-design/components/table";
import { count, moment } from "@/app/format";
import { type Action, actionsFor, addressOf, lookOf, providerOf } from "./status";
import type { Model } from "./types";

const WORDS: Record<Action, string> = {
  start: "Start",
  stop: "Stop",
  edit: "Edit",
  scaling: "Change servers",
  key: "Change API key",
  context: "Set context window",
  delete: "Delete",
};

type Act = (action: Action, model: Model) => void;

export function modelColumns(act: Act): TableProps.ColumnDefinition<Model>[] {
  return [
    {
      id: "name",
      header: "Name",
      cell: ({ modelId }) => <Link href={addressOf(modelId)}>{modelId}</Link>,
      sortingField: "modelId",
      isRowHeader: true,
    },
    {
      id: "status",
      header: "Status",
      cell: (model) => <ModelStatus model={model} />,
      sortingField: "status",
      minWidth: 130,
    },
    {
      id: "provider",
      header: "Served by",
      cell: providerOf,
      sortingComparator: (one, other) => providerOf(one).localeCompare(providerOf(other)),
    },
    { id: "type", header: "Type", cell: ({ modelType }) => modelType, sortingField: "modelType" },
    {
      id: "context",
      header: "Context (tokens)",
      cell: ({ contextWindow }) => (contextWindow === null ? "unknown" : count(contextWindow)),
      sortingField: "contextWindow",
    },
    {
      id: "updated",
      header: "Changed",
      cell: ({ updatedAt }) => moment(updatedAt),
      sortingField: "updatedAt",
    },
    {
      id: "actions",
      header: "Actions",
      cell: (model) => <Actions model={model} act={(action) => act(action, model)} small />,
      minWidth: 90,
    },
  ];
}

/** A status in colour and words; of a failure with its name. */
export function ModelStatus({ model }: { model: Model }) {
  const { type, text } = lookOf(model.status);
  const code = model.status === "Failed" && model.failureReason?.code;
  return <StatusIndicator type={type}>{code ? `${text}: ${code}` : text}</StatusIndicator>;
}

interface ActionsProps {
  model: Model;
  act: (action: Action) => void;
  /** As an icon, in a table's row. */
  small?: boolean;
}

/** What can be done with one model, in a menu. */
export function Actions({ model, act, small = false }: ActionsProps) {
  return (
    <ButtonDropdown
      variant={small ? "inline-icon" : "normal"}
      ariaLabel={`Actions for ${model.modelId}`}
      expandToViewport
      items={actionsFor(model).map((id) => ({ id, text: WORDS[id] }))}
      onItemClick={({ detail }) => act(detail.id as Action)}
    >
      {small ? null : "Actions"}
    </ButtonDropdown>
  );
}
