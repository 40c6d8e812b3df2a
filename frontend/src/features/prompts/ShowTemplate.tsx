import Box from "@cloudscape-design/components/box";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { Code } from "@/app/Code";
import { moment } from "@/app/format";
import { sharedWith } from "./draft";
import type { Template } from "./types";

/** A template to read and to copy. */
export function ShowTemplate({ template, close }: { template: Template; close: () => void }) {
  const owner = template.mine ? "You" : template.ownerName;
  return (
    <Modal visible size="large" header={template.title} onDismiss={close} closeAriaLabel="Close">
      <SpaceBetween size="m">
        <Box color="text-body-secondary">
          {template.type === "persona" ? "Persona" : "Directive"} · shared with:{" "}
          {sharedWith(template).toLowerCase()} · {owner} changed it on {moment(template.updated)}
        </Box>
        <Code label={template.title} text={template.body} />
      </SpaceBetween>
    </Modal>
  );
}
