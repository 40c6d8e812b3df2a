import { textOf } from "../core/text";
import type { View } from "../session/view";
import type { Setup } from "../types";
import { SettingsPanel } from "./SettingsPanel";
import { SourcePanel } from "./SourcePanel";

/** What is shown beside the conversation. */
export type Shown = { kind: "settings" } | { kind: "source"; messageId: string; number: number };

interface Props {
  side: Shown | null;
  view: View;
  onConfigure: (fields: Partial<Setup>) => void;
  onNumber: (number: number) => void;
  onClose: () => void;
}

/** Settings, or the sources of an answer. */
export function Side({ side, view, onConfigure, onNumber, onClose }: Props) {
  if (!side) return null;
  if (side.kind === "settings") {
    return <SettingsPanel setup={view.setup} onChange={onConfigure} onClose={onClose} />;
  }
  const answer = view.tree.messages[side.messageId];
  const asked = view.tree.messages[answer?.parentId ?? ""];
  return (
    <SourcePanel
      citations={answer?.citations ?? []}
      number={side.number}
      question={asked ? textOf(asked) : ""}
      collection={view.setup.collection}
      onNumber={onNumber}
      onClose={onClose}
    />
  );
}
