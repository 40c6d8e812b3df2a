import Button from "@cloudscape-design/components/button";
import { download } from "../screen/download";
import type { Conversation } from "../session/conversation";

/** Keeps what all models said as one file. */
export function ExportComparison({ conversations }: { conversations: readonly Conversation[] }) {
  const keep = () => {
    const all = conversations.map((one) => {
      const { setup, path } = one.snapshot();
      return { ...setup, messages: path };
    });
    download(
      "comparison.json",
      `${JSON.stringify({ models: all }, null, 2)}\n`,
      "application/json",
    );
  };
  return (
    <Button iconName="download" onClick={keep}>
      Export
    </Button>
  );
}
