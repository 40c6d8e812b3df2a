import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import { sourcesOf } from "../documents/sources";
import type { Citation } from "../types";

interface Props {
  citations: readonly Citation[];
  onOpen: (number: number) => void;
}

/** The passages that an answer cites, as numbers that open them. */
export function Sources({ citations, onOpen }: Props) {
  const { cited, others } = sourcesOf(citations);
  return (
    <nav className="chat-sources" aria-label="Sources">
      {cited.map((source) => (
        <Button key={source.number} onClick={() => onOpen(source.number)}>
          {source.number} · {source.title}
          {source.place && `, ${source.place}`}
        </Button>
      ))}
      {others.length > 0 && (
        <Button variant="inline-link" onClick={() => onOpen(others[0]?.number ?? 1)}>
          {cited.length > 0 ? `${others.length} more found` : `${others.length} found, none cited`}
        </Button>
      )}
      {cited.length === 0 && others.length === 0 && (
        <Box color="text-body-secondary">Nothing was found in the documents.</Box>
      )}
    </nav>
  );
}
