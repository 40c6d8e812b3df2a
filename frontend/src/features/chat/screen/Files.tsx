import Button from "@cloudscape-design/components/button";
import FileTokenGroup from "@cloudscape-design/components/file-token-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useConfiguration } from "@/features/configuration/useConfiguration";
import type { Attachments, Item } from "../files/useAttachments";

/** The files that go with the next message. */
export function Files({ attachments }: { attachments: Attachments }) {
  const { items, remove, summarise } = attachments;
  const { documentSummarization } = useConfiguration().enabledComponents;
  const long = items.filter((item) => item.state === "ready" && item.read && !item.summary);
  return (
    <SpaceBetween size="xs">
      <FileTokenGroup
        items={items.map((item) => ({
          file: item.file,
          loading: item.state === "busy",
          errorText: item.state === "failed" ? item.note : undefined,
          warningText: item.state === "ready" ? item.note : undefined,
        }))}
        showFileSize
        showFileThumbnail
        alignment="horizontal"
        onDismiss={({ detail }) => {
          const item = items[detail.fileIndex];
          if (item) remove(item.id);
        }}
        i18nStrings={{
          removeFileAriaLabel: (_, name) => `Remove ${name}`,
          errorIconAriaLabel: "Error",
          warningIconAriaLabel: "Note",
        }}
      />
      {items.map((item) => item.state === "busy" && <Doing key={item.id} item={item} />)}
      {documentSummarization &&
        long.map((item) => (
          <Button key={item.id} variant="inline-link" onClick={() => summarise(item)}>
            Send a summary of {item.file.name} instead
          </Button>
        ))}
    </SpaceBetween>
  );
}

function Doing({ item }: { item: Item }) {
  return (
    <div role="status">
      {item.file.name}: {item.note}
    </div>
  );
}
