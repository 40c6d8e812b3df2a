import Box from "@cloudscape-design/components/box";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import Link from "@cloudscape-design/components/link";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { Loading } from "@/app/Loading";
import { Problem } from "@/app/Problem";
import { useModel } from "./api";
import { Actions } from "./columns";
import { ModelDialog } from "./ModelDialog";
import { About, DefinitionShown, FailureShown, Timeline } from "./parts";
import type { Action } from "./status";
import type { Model } from "./types";

/** One model: how it fares, what it is, and what can be done with it. */
export default function ModelPage() {
  const { modelId = "" } = useParams();
  const model = useModel(modelId);
  if (model.error?.status === 404) return <Gone modelId={modelId} />;
  if (model.error && !model.data) {
    const header = "The model could not be loaded";
    return <Problem header={header} error={model.error} again={model.refetch} />;
  }
  return model.data ? <Shown model={model.data} /> : <Loading what="Model" />;
}

function Shown({ model }: { model: Model }) {
  const navigate = useNavigate();
  const [action, setAction] = useState<Action | null>(null);
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description={model.modelDescription}
          actions={<Actions model={model} act={setAction} />}
        >
          {model.modelId}
        </Header>
      }
    >
      <SpaceBetween size="l">
        {model.failureReason && <FailureShown model={model} reason={model.failureReason} />}
        <About model={model} />
        <Timeline moments={model.timeline} />
        <DefinitionShown model={model} />
      </SpaceBetween>
      {action && (
        <ModelDialog
          action={action}
          model={model}
          close={() => setAction(null)}
          deleted={() => void navigate("/models")}
        />
      )}
    </ContentLayout>
  );
}

function Gone({ modelId }: { modelId: string }) {
  return (
    <ContentLayout header={<Header variant="h1">There is no model {modelId}</Header>}>
      <Box>
        It may have been deleted. <Link href="#/models">See all models.</Link>
      </Box>
    </ContentLayout>
  );
}
