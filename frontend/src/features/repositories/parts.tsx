import Badge from "@cloudscape-design/components/badge";
import Box from "@cloudscape-design/components/box";
import BreadcrumbGroup from "@cloudscape-design/components/breadcrumb-group";
import Popover from "@cloudscape-design/components/popover";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { ReactNode } from "react";
import { Loading } from "@/app/Loading";
import { Problem } from "@/app/Problem";
import type { Shown } from "./status";
import type { Reason } from "./types";

/** A status; one that failed tells its cause and its fix when asked. */
export function Status({ shown, reason }: { shown: Shown; reason?: Reason | null }) {
  const indicator = <StatusIndicator type={shown.type}>{shown.text}</StatusIndicator>;
  if (!reason) return indicator;
  return (
    <Popover header={shown.text} content={<Why reason={reason} />} dismissAriaLabel="Close">
      {indicator}
    </Popover>
  );
}

export function Why({ reason }: { reason: Reason }) {
  return (
    <SpaceBetween size="xs">
      <div>{reason.message}</div>
      {reason.fix && (
        <div>
          <b>What to do:</b> {reason.fix}
        </div>
      )}
    </SpaceBetween>
  );
}

/** Who may see something. `inherited` is shown in the place of null. */
export function Groups({ groups, inherited }: { groups: string[] | null; inherited?: string }) {
  if (groups === null) return <>{inherited ?? "As its repository"}</>;
  if (groups.length === 0) return <>Everybody</>;
  return <Badges words={groups} />;
}

export function Badges({ words }: { words: string[] }) {
  return (
    <SpaceBetween direction="horizontal" size="xxs">
      {words.map((word) => (
        <Badge key={word}>{word}</Badge>
      ))}
    </SpaceBetween>
  );
}

interface TrailProps {
  repositoryId: string;
  repository: { repositoryName: string } | undefined;
  /** The page below the repository's own, if this is one. */
  here?: string;
}

/** The way from all repositories to this page. */
export function Trail({ repositoryId, repository, here }: TrailProps) {
  const all = { text: "Repositories", href: "#/repositories" };
  const one = {
    text: repository?.repositoryName ?? repositoryId,
    href: `#/repositories/${repositoryId}`,
  };
  const items = here === undefined ? [all, one] : [all, one, { text: here, href: "#" }];
  return <BreadcrumbGroup ariaLabel="Where this page is" items={items} />;
}

interface Answer<Data> {
  data: Data | undefined;
  error: unknown;
  refetch: () => unknown;
}

/** What a page is about: being loaded, failed (with another try), or there. */
export function Loaded<Data>(props: {
  what: string;
  answer: Answer<Data>;
  children: (data: Data) => ReactNode;
}) {
  const { what, answer, children } = props;
  if (answer.data !== undefined) return children(answer.data);
  if (!answer.error) return <Loading what={what} />;
  const header = `The ${what} could not be loaded`;
  return <Problem header={header} error={answer.error} again={answer.refetch} />;
}

/** Text that says less than what stands beside it. */
export function Aside({ children }: { children: ReactNode }) {
  return (
    <Box color="text-body-secondary" fontSize="body-s">
      {children}
    </Box>
  );
}
