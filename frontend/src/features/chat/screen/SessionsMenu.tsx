import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import { useState } from "react";
import { Confirm } from "@/app/Confirm";
import { useConfiguration } from "@/features/configuration/useConfiguration";
import { lossOf } from "../core/loss";
import { useRemoveAll } from "../session/useSessions";

interface Props {
  /** How many conversations there are, null where not all are known. */
  count: number | null;
  onGone: () => void;
}

/** What can be done with all conversations; nothing where there are none, or it is switched off. */
export function SessionsMenu({ count, onGone }: Props) {
  const { deleteSessionHistory } = useConfiguration().enabledComponents;
  const removeAll = useRemoveAll();
  const [asking, setAsking] = useState(false);
  if (!asking && (!deleteSessionHistory || count === 0)) return null;
  return (
    <>
      <ButtonDropdown
        variant="icon"
        ariaLabel="Actions on all chats"
        items={[{ id: "delete-all", text: "Delete all chats" }]}
        onItemClick={() => setAsking(true)}
      />
      {asking && (
        <Confirm
          header="Delete all chats?"
          verb="Delete all"
          act={async () => {
            await removeAll();
            onGone();
          }}
          close={() => setAsking(false)}
        >
          {lossOf(count)}
        </Confirm>
      )}
    </>
  );
}
