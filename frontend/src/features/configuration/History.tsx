import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import { useState } from "react";
import { Confirm } from "@/app/Confirm";
import { moment } from "@/app/format";
import { useNotices } from "@/app/notices";
import { useSave } from "./api";
import { changes } from "./changes";
import { DEFAULTS } from "./defaults";
import { ChangeList } from "./SaveDialog";
import type { Version } from "./types";

/** Who saved what, when and why; the newest is what holds. */
export function History({ versions }: { versions: Version[] }) {
  const [wanted, setWanted] = useState<Version | null>(null);
  const [newest] = versions;
  const saved = versions.filter((one) => one.versionId > 0);
  return (
    <>
      <Table
        items={saved}
        trackBy={(one) => String(one.versionId)}
        columnDefinitions={columnsFor(versions, setWanted)}
        header={<Header variant="h2">History</Header>}
        empty={<Box color="text-body-secondary">Nothing was saved yet: the defaults hold.</Box>}
        wrapLines
      />
      {wanted && newest && (
        <Restore wanted={wanted} newest={newest} close={() => setWanted(null)} />
      )}
    </>
  );
}

function columnsFor(
  versions: Version[],
  restore: (version: Version) => void,
): TableProps.ColumnDefinition<Version>[] {
  return [
    { id: "version", header: "Version", cell: (one) => one.versionId, isRowHeader: true },
    { id: "when", minWidth: 180, header: "When", cell: (one) => moment(one.createdAt ?? "") },
    { id: "who", header: "Who", cell: (one) => one.changedBy },
    { id: "why", minWidth: 160, header: "Why", cell: (one) => one.changeReason || "not said" },
    { id: "what", minWidth: 280, header: "What", cell: (one) => changed(one, versions) },
    {
      id: "restore",
      minWidth: 120,
      header: "Restore",
      cell: (one) =>
        one === versions[0] ? (
          "in force"
        ) : (
          <Button
            variant="inline-link"
            ariaLabel={`Restore version ${one.versionId}`}
            onClick={() => restore(one)}
          >
            Restore
          </Button>
        ),
    },
  ];
}

function changed(version: Version, versions: Version[]): string {
  const first = version.versionId === 1 ? DEFAULTS : undefined;
  const before = versions[versions.indexOf(version) + 1]?.configuration ?? first;
  if (!before) return "not known any more";
  return changes(before, version.configuration).join(", ") || "nothing";
}

interface RestoreProps {
  wanted: Version;
  newest: Version;
  close: () => void;
}

function Restore({ wanted, newest, close }: RestoreProps) {
  const save = useSave();
  const { tell } = useNotices();
  const differs = changes(newest.configuration, wanted.configuration);
  const act = async () => {
    await save({
      configuration: wanted.configuration,
      changeReason: `Restored version ${wanted.versionId}`,
      versionId: newest.versionId,
    });
    tell("success", `Version ${wanted.versionId} holds again, as a new version.`);
  };
  const header = `Restore version ${wanted.versionId}?`;
  return (
    <Confirm header={header} verb="Restore" act={act} close={close}>
      {differs.length > 0 ? <ChangeList changes={differs} /> : "It is the same as what holds now."}
    </Confirm>
  );
}
