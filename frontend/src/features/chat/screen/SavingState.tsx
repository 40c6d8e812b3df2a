import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { sentence } from "@/api/errors";
import type { View } from "../session/view";

/** That what was said is not saved, and why; nothing while all is well. */
export function SavingState({ view }: { view: View }) {
  if (view.saving === "waiting") {
    return <StatusIndicator type="pending">Not saved yet: {sentence(view.error)}</StatusIndicator>;
  }
  if (view.saving === "refused") {
    return <StatusIndicator type="warning">Not saved: {sentence(view.error)}</StatusIndicator>;
  }
  return null;
}
