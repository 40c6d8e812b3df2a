import ButtonGroup, { type ButtonGroupProps } from "@cloudscape-design/components/button-group";
import { useTemplates } from "../prompts/useTemplates";

interface Props {
  /** The kinds of files that can be chosen; empty for none. */
  accept: string;
  onFiles: (files: readonly File[]) => void;
  onInsert: (body: string) => void;
}

/** What can be added to a message: files, and prompts of the library where it has some. */
export function ComposerTools({ accept, onFiles, onInsert }: Props) {
  const directives = useTemplates("directive");
  const items: ButtonGroupProps.Item[] = [];
  if (accept) {
    items.push({
      type: "icon-file-input",
      id: "files",
      text: "Attach files",
      multiple: true,
      accept,
    });
  }
  if (directives.length > 0) {
    items.push({
      type: "menu-dropdown",
      id: "prompts",
      text: "Insert a prompt",
      iconName: "suggestions",
      items: directives.map(({ id, title }) => ({ id, text: title })),
    });
  }
  if (items.length === 0) return null;
  return (
    <ButtonGroup
      ariaLabel="Add to the message"
      variant="icon"
      items={items}
      onFilesChange={({ detail }) => onFiles(detail.files)}
      onItemClick={({ detail }) => {
        const chosen = directives.find((one) => one.id === detail.id);
        if (chosen) onInsert(chosen.body);
      }}
    />
  );
}
