import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import StatusIndicator, {
  type StatusIndicatorProps,
} from "@cloudscape-design/components/status-indicator";
import type { TableProps } from "@cloudscape-design/components/table";
import { day, moment } from "@/app/format";
import { kindOf, statusOf, type TokenStatus } from "./status";
import type { ApiToken } from "./types";

/** What can be done to a token of the list. */
export type TokenAction = "rename" | "move" | "end" | "revoke";

type Column = TableProps.ColumnDefinition<ApiToken>;

const SIGNS: Record<TokenStatus, StatusIndicatorProps.Type> = {
  Good: "success",
  "Ends soon": "warning",
  Ended: "stopped",
};

interface Wanted {
  /** With the columns that only say something about the tokens of others. */
  everybody: boolean;
  /** Unix seconds. */
  now: number;
  /** Whether the caller may bring back what has ended. */
  revives: boolean;
  act: (action: TokenAction, token: ApiToken) => void;
}

export function tokenColumns({ everybody, now, revives, act }: Wanted): Column[] {
  const others: Column[] = [
    { id: "user", header: "User", cell: (token) => token.username, sortingField: "username" },
    { id: "kind", header: "Kind", cell: kindOf, sortingComparator: by(kindOf) },
  ];
  return [
    {
      id: "name",
      header: "Name",
      cell: (token) => token.name || "without a name",
      sortingField: "name",
      isRowHeader: true,
    },
    ...(everybody ? others : []),
    { id: "status", header: "Status", cell: (token) => <Status token={token} now={now} /> },
    {
      id: "ends",
      header: "Ends",
      cell: ({ tokenExpiration: end }) => (end === null ? "never" : moment(end * 1000)),
      sortingComparator: by((token) => token.tokenExpiration ?? Number.MAX_SAFE_INTEGER),
    },
    { id: "models", header: "Models", cell: (token) => token.models?.join(", ") ?? "all" },
    { id: "groups", header: "Groups", cell: (token) => token.groups.join(", ") || "none" },
    {
      id: "created",
      header: "Created",
      cell: ({ createdDate: at }) => (at > 0 ? day(at * 1000) : "unknown"),
      sortingField: "createdDate",
    },
    {
      id: "actions",
      header: "Actions",
      cell: (token) => (
        <ButtonDropdown
          variant="inline-icon"
          ariaLabel={`Actions for ${token.name}`}
          expandToViewport
          items={actionsOf(token, now, revives)}
          onItemClick={({ detail }) => act(detail.id as TokenAction, token)}
        />
      ),
    },
  ];
}

function Status({ token, now }: { token: ApiToken; now: number }) {
  const status = statusOf(token, now);
  return <StatusIndicator type={SIGNS[status]}>{status}</StatusIndicator>;
}

function actionsOf(token: ApiToken, now: number, revives: boolean) {
  const ended = statusOf(token, now) === "Ended";
  return [
    { id: "rename", text: "Rename" },
    {
      id: "move",
      text: "Change its end",
      disabled: ended && !revives,
      disabledReason: "It has ended for good. Make a new one.",
    },
    { id: "end", text: "End now", disabled: ended, disabledReason: "It has ended already." },
    { id: "revoke", text: "Revoke" },
  ];
}

function by(value: (token: ApiToken) => string | number) {
  return (one: ApiToken, other: ApiToken) => {
    const [first, second] = [value(one), value(other)];
    return first < second ? -1 : Number(first > second);
  };
}
