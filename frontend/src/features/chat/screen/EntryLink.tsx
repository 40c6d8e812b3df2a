import Box from "@cloudscape-design/components/box";
import type { Summary } from "../types";

interface Props {
  session: Summary;
  shown: boolean;
  onOpen: (sessionId: string) => void;
}

/** Opens a conversation; where words were searched, the line that has them stands below its name. */
export function EntryLink({ session, shown, onOpen }: Props) {
  const { sessionId, name, snippet } = session;
  return (
    <a
      className="chat-entry-link"
      href={`#/chat/${sessionId}`}
      title={name}
      aria-current={shown ? "page" : undefined}
      onClick={(event) => {
        // With a key held it opens a tab or a window, as links do.
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        onOpen(sessionId);
      }}
    >
      <span className="chat-entry-name" dir="auto">
        {name}
      </span>
      {snippet && !name.includes(snippet) && (
        <Box fontSize="body-s" color="text-body-secondary">
          <span className="chat-entry-snippet" dir="auto">
            {snippet}
          </span>
        </Box>
      )}
    </a>
  );
}
