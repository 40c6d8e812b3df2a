import Select from "@cloudscape-design/components/select";
import { documentStatus } from "../status";
import type { DocumentStatus } from "../types";
import type { DocumentList } from "./useDocumentList";

const ANY = { value: "", label: "Any status" };
const STATUSES: DocumentStatus[] = ["COMPLETED", "FAILED", "IN_PROGRESS", "PENDING", "DELETING"];
const OPTIONS = [
  ANY,
  ...STATUSES.map((value) => ({
    value,
    label: documentStatus({ status: value, step: null }).text,
  })),
];

/** How the documents fare that are listed. */
export function StatusChoice({ list }: { list: DocumentList }) {
  return (
    <Select
      options={OPTIONS}
      selectedOption={OPTIONS.find(({ value }) => value === list.status) ?? ANY}
      ariaLabel="Status"
      onChange={({ detail }) =>
        list.only((detail.selectedOption.value || undefined) as DocumentList["status"])
      }
    />
  );
}
