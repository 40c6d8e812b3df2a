import Container from "@cloudscape-design/components/container";
import KeyValuePairs, {
  type KeyValuePairsProps,
} from "@cloudscape-design/components/key-value-pairs";
import { moment } from "@/app/format";
import { percent } from "./format";
import { labelWords } from "./forms/labels";
import { Badges, Groups, Status } from "./parts";
import { collectionStatus } from "./status";
import type { ChunkingStrategy, Collection, SearchSettings } from "./types";
import { KINDS, MODES } from "./words";

export function CollectionDetails({ collection }: { collection: Collection }) {
  return (
    <Container>
      <KeyValuePairs columns={3} items={details(collection)} />
    </Container>
  );
}

function details(one: Collection): KeyValuePairsProps.Item[] {
  const labels = labelWords(one.metadata);
  return [
    {
      label: "Status",
      value: <Status shown={collectionStatus(one.status)} reason={one.reason} />,
    },
    { label: "Who may see it", value: <Groups groups={one.allowedGroups} /> },
    { label: "Labels", value: labels.length > 0 ? <Badges words={labels} /> : "None" },
    { label: "Embedding model", value: `${one.embeddingModel} (${one.dimensions} numbers)` },
    { label: "Language", value: one.language },
    { label: "Cutting", value: cutting(one.chunkingStrategy) },
    { label: "Searching", value: searching(one.searchSettings) },
    { label: "Created", value: `${moment(one.createdAt)} by ${one.createdBy}` },
    { label: "Id", value: one.collectionId },
  ];
}

export function cutting({ kind, size, overlap }: ChunkingStrategy): string {
  if (kind === "none") return KINDS.none;
  const twice = overlap > 0 ? `, ${overlap} of them said twice` : "";
  return `${KINDS[kind]}, ${size} tokens${twice}`;
}

export function searching(settings: SearchSettings): string {
  const { mode, vectorWeight, neighbours, rerankModel } = settings;
  const weight =
    mode === "hybrid" && vectorWeight !== null ? `, ${percent(vectorWeight)} by meaning` : "";
  const around = neighbours > 0 ? `, with ${neighbours} chunks on either side` : "";
  const again = rerankModel ? `, read again by ${rerankModel}` : "";
  return `${MODES[mode]}${weight}${around}${again}`;
}
