import Button from "@cloudscape-design/components/button";
import { useState } from "react";
import { useNavigate } from "react-router";
import { Empty } from "@/app/Empty";
import { ResourceTable } from "@/app/ResourceTable";
import { useModels } from "./api";
import { modelColumns } from "./columns";
import { ModelDialog } from "./ModelDialog";
import { type Action, lookOf, providerOf } from "./status";
import type { Model } from "./types";

const NONE: Model[] = [];

/** Every model, with its status, which is followed while it changes. */
export default function ModelsPage() {
  const navigate = useNavigate();
  const models = useModels();
  const [open, setOpen] = useState<{ action: Action; model: Model } | null>(null);
  const create = (
    <Button variant="primary" onClick={() => void navigate("/models/create")}>
      Create model
    </Button>
  );
  return (
    <>
      <ResourceTable
        title="Models"
        description="Models that run here, and models of providers."
        many="models"
        listed={{ ...models, items: models.data ?? NONE }}
        columns={modelColumns((action, model) => setOpen({ action, model }))}
        trackBy={({ modelId }) => modelId}
        textOf={textOf}
        empty={
          <Empty header="No models" action={create}>
            Create one: a provider's needs its name and a key, one that runs here its weights.
          </Empty>
        }
        actions={create}
        sticky
      />
      {open && <ModelDialog {...open} close={() => setOpen(null)} />}
    </>
  );
}

function textOf(model: Model): string {
  const words = [model.modelId, model.modelName, model.modelType, model.modelDescription ?? ""];
  return [...words, providerOf(model), lookOf(model.status).text].join(" ");
}
