import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import { useState } from "react";
import { Confirm } from "@/app/Confirm";
import { useNotices } from "@/app/notices";
import { useConfiguration } from "@/features/configuration/useConfiguration";
import { asJson, asMarkdown, fileName } from "../core/export";
import { newestBelow, pathTo, treeOf } from "../core/tree";
import { Album } from "../session/album";
import { useRegistry } from "../session/registry";
import { useSessionActions } from "../session/useSessions";
import type { Summary } from "../types";
import { download } from "./download";
import { EntryLink } from "./EntryLink";
import { RenameSession } from "./RenameSession";

interface Props {
  session: Summary;
  shown: boolean;
  onOpen: (sessionId: string) => void;
  onGone: () => void;
}

type Dialog = "rename" | "delete" | null;

/** One conversation in the list, with all that can be done with it. */
export function SessionEntry({ session, shown, onOpen, onGone }: Props) {
  const { deleteSessionHistory } = useConfiguration().enabledComponents;
  const { change, remove } = useSessionActions();
  const [dialog, setDialog] = useState<Dialog>(null);
  const notices = useNotices();
  const exported = useExport(session);
  const { sessionId, name } = session;
  const pin = () => {
    const onError = (error: unknown) => notices.fail("The chat was not changed", error);
    change.mutate({ sessionId, pinned: !session.pinned }, { onError });
  };
  const act = (id: string) => {
    if (id === "rename" || id === "delete") setDialog(id);
    if (id === "pin") pin();
    if (id === "md" || id === "json") void exported(id);
  };
  return (
    <li className={shown ? "chat-entry chat-entry-shown" : "chat-entry"}>
      <EntryLink session={session} shown={shown} onOpen={onOpen} />
      <span className="chat-entry-actions">
        <ButtonDropdown
          variant="inline-icon"
          ariaLabel={`Actions on ${name}`}
          items={[
            { id: "rename", text: "Rename" },
            { id: "pin", text: session.pinned ? "Unpin" : "Pin" },
            { id: "md", text: "Export as Markdown" },
            { id: "json", text: "Export as JSON" },
            ...(deleteSessionHistory ? [{ id: "delete", text: "Delete" }] : []),
          ]}
          onItemClick={({ detail }) => act(detail.id)}
        />
      </span>
      {dialog === "rename" && (
        <RenameSession
          name={name}
          rename={(text) => change.mutateAsync({ sessionId, name: text })}
          close={() => setDialog(null)}
        />
      )}
      {dialog === "delete" && (
        <Confirm
          header="Delete this chat?"
          verb="Delete"
          act={async () => {
            await remove.mutateAsync(sessionId);
            onGone();
          }}
          close={() => setDialog(null)}
        >
          “{name}” goes with all its branches, for good. To keep a copy, export it first.
        </Confirm>
      )}
    </li>
  );
}

/** Markdown has the branch that was shown last, JSON all of them with their pictures. */
function useExport(session: Summary): (kind: "md" | "json") => Promise<void> {
  const { sessions } = useRegistry();
  const notices = useNotices();
  return async (kind) => {
    try {
      const [stored, messages] = await Promise.all([
        sessions.get(session.sessionId),
        sessions.messages(session.sessionId),
      ]);
      const tree = treeOf(messages);
      const leaf = stored.activeLeaf ?? newestBelow(tree, null);
      const text =
        kind === "json"
          ? asJson(stored, await new Album(sessions, session.sessionId).inlined(messages))
          : asMarkdown(stored, pathTo(tree, leaf));
      const type = kind === "json" ? "application/json" : "text/markdown";
      download(fileName(stored.name, kind), text, type);
    } catch (error) {
      notices.fail("The chat was not exported", error);
    }
  };
}
