import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Input, { type InputProps } from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { type RefObject, useDeferredValue, useState } from "react";
import { sentence } from "@/api/errors";
import { Loading } from "@/app/Loading";
import { grouped } from "../session/grouping";
import { useSessionList } from "../session/useSessions";
import { SessionEntry } from "./SessionEntry";
import { SessionsMenu } from "./SessionsMenu";
import { SidePanel } from "./SidePanel";

interface Props {
  shown: string;
  aside: boolean;
  search: RefObject<InputProps.Ref | null>;
  onNew: () => void;
  onOpen: (sessionId: string) => void;
  onClose: () => void;
}

/** One's own conversations: found, opened, renamed, exported, deleted. */
export function SessionsPanel({ shown, aside, search, onNew, onOpen, onClose }: Props) {
  const [words, setWords] = useState("");
  const query = useDeferredValue(words.trim());
  const list = useSessionList(query);
  const sessions = list.data?.pages.flatMap((page) => page.sessions) ?? [];
  const known = list.isSuccess && !list.isPlaceholderData && !list.hasNextPage && !query;
  return (
    <SidePanel
      title="Chats"
      side="left"
      aside={aside}
      onClose={onClose}
      actions={
        <>
          <Button iconName="add-plus" onClick={onNew}>
            New
          </Button>
          <SessionsMenu count={known ? sessions.length : null} onGone={onNew} />
        </>
      }
    >
      <SpaceBetween size="m">
        <Input
          ref={search}
          type="search"
          ariaLabel="Search your chats"
          placeholder="Search"
          value={words}
          onChange={({ detail }) => setWords(detail.value)}
        />
        {list.isPending && <Loading what="chats" />}
        {list.isError && (
          <Alert type="error" action={<Button onClick={() => list.refetch()}>Try again</Button>}>
            {sentence(list.error)}
          </Alert>
        )}
        {list.isSuccess && sessions.length === 0 && !list.hasNextPage && (
          <Box color="text-body-secondary">
            {query
              ? "No chat has all of these words. Try fewer."
              : "Your chats will be listed here. Ask something to begin the first."}
          </Box>
        )}
        {grouped(sessions, new Date()).map((group) => (
          <section key={group.title} aria-label={group.title}>
            <Box variant="h3" fontSize="body-s" color="text-body-secondary">
              {group.title}
            </Box>
            <ul className="chat-list">
              {group.sessions.map((session) => (
                <SessionEntry
                  key={session.sessionId}
                  session={session}
                  shown={session.sessionId === shown}
                  onOpen={onOpen}
                  onGone={() => session.sessionId === shown && onNew()}
                />
              ))}
            </ul>
          </section>
        ))}
        {list.hasNextPage && (
          <Button onClick={() => list.fetchNextPage()} loading={list.isFetchingNextPage} fullWidth>
            {query ? "Search further" : "Show older"}
          </Button>
        )}
      </SpaceBetween>
    </SidePanel>
  );
}
