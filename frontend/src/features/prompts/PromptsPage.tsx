import Button from "@cloudscape-design/components/button";
import { useState } from "react";
import { Confirm } from "@/app/Confirm";
import { Empty } from "@/app/Empty";
import { useNotices } from "@/app/notices";
import { ResourceTable } from "@/app/ResourceTable";
import { useCaller } from "@/auth/session";
import { useConfiguration } from "@/features/configuration/useConfiguration";
import { useTemplateActions, useTemplates } from "./api";
import { type TemplateAction, templateColumns } from "./columns";
import { EditTemplate } from "./EditTemplate";
import { ShowTemplate } from "./ShowTemplate";
import { ALL, TemplateFilters, type View } from "./TemplateFilters";
import type { Template } from "./types";

type Open = { action: "create" } | { action: TemplateAction; template: Template };

/** The prompts that the caller keeps, and those that are shared with them. */
export default function PromptsPage() {
  const caller = useCaller();
  const writes = useConfiguration().enabledComponents.editPromptTemplate;
  const [view, setView] = useState<View>(ALL);
  const [open, setOpen] = useState<Open | null>(null);
  const found = useTemplates({ type: view.type, mine: view.whose === "mine" });
  const items = found.items.filter((one) => view.whose !== "shared" || !one.mine);
  const columns = templateColumns(
    (action, template) => setOpen({ action, template }),
    (template) => writes && (template.mine || caller.admin),
  );
  const create = (
    <Button variant="primary" onClick={() => setOpen({ action: "create" })}>
      Create template
    </Button>
  );
  return (
    <>
      <ResourceTable
        title="Prompt library"
        description={
          writes
            ? "Personas and directives that you keep for the chat, alone or with others."
            : "An administrator has switched off that people write templates."
        }
        many="templates"
        listed={{ ...found, items }}
        columns={columns}
        sticky
        trackBy={(template) => template.id}
        textOf={(template) => `${template.title} ${template.body} ${template.ownerName}`}
        empty={<NoTemplates writes={writes} />}
        actions={writes && create}
        filters={<TemplateFilters view={view} choose={setView} />}
      />
      {open && <Dialog open={open} close={() => setOpen(null)} />}
    </>
  );
}

function NoTemplates({ writes }: { writes: boolean }) {
  return (
    <Empty header="No templates">
      {writes
        ? "Create one for what you ask again and again."
        : "Nobody has shared one with you yet."}
    </Empty>
  );
}

function Dialog({ open, close }: { open: Open; close: () => void }) {
  if (open.action === "create") return <EditTemplate close={close} />;
  const { template } = open;
  if (open.action === "edit") return <EditTemplate template={template} close={close} />;
  if (open.action === "show") return <ShowTemplate template={template} close={close} />;
  return <Remove template={template} close={close} />;
}

function Remove({ template, close }: { template: Template; close: () => void }) {
  const { remove } = useTemplateActions();
  const { tell } = useNotices();
  const act = async () => {
    await remove(template);
    tell("success", `“${template.title}” was deleted.`);
  };
  return (
    <Confirm header={`Delete “${template.title}”?`} verb="Delete" act={act} close={close}>
      It is gone for everybody with whom it is shared. Conversations that used it stay as they are.
    </Confirm>
  );
}
