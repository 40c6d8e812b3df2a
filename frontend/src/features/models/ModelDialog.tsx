import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { type ReactNode, useState } from "react";
import { Confirm } from "@/app/Confirm";
import { FormModal } from "@/app/FormModal";
import { useNotices } from "@/app/notices";
import { useModelActions } from "./api";
import { EditModel } from "./EditModel";
import { KeyDialog } from "./KeyDialog";
import { ServersDialog } from "./ServersDialog";
import { type Action, isHosted } from "./status";
import type { Model } from "./types";

interface Props {
  action: Action;
  model: Model;
  close: () => void;
  /** After a model has been withdrawn. */
  deleted?: () => void;
}

/** The dialog of an action on a model. */
export function ModelDialog({ action, model, close, deleted }: Props) {
  switch (action) {
    case "start":
    case "stop":
      return <TurnDialog model={model} on={action === "start"} close={close} />;
    case "delete":
      return <DeleteDialog model={model} close={close} deleted={deleted} />;
    case "context":
      return <ContextDialog model={model} close={close} />;
    case "scaling":
      return <ServersDialog model={model} close={close} />;
    case "key":
      return <KeyDialog model={model} close={close} />;
    case "edit":
      return <EditModel model={model} close={close} />;
  }
}

const TURNS: Record<"on" | "off", [verb: string, hosted: ReactNode, others: ReactNode]> = {
  on: [
    "Start",
    "Its servers are made again, which takes some minutes and costs money from then on.",
    "It can be called again at once.",
  ],
  off: [
    "Stop",
    "Nobody can call it until it is started again, and its servers cost nothing meanwhile.",
    "Nobody can call it until it is started again.",
  ],
};

function TurnDialog({ model, on, close }: { model: Model; on: boolean; close: () => void }) {
  const { change } = useModelActions();
  const [verb, hosted, others] = TURNS[on ? "on" : "off"];
  return (
    <Confirm
      header={`${verb} ${model.modelId}?`}
      verb={verb}
      act={() => change(model.modelId, { enabled: on })}
      close={close}
    >
      {isHosted(model) ? hosted : others}
    </Confirm>
  );
}

/** A model is gone for good only when its name has been typed. */
function DeleteDialog({ model, close, deleted }: Omit<Props, "action">) {
  const { remove } = useModelActions();
  const notices = useNotices();
  const [typed, setTyped] = useState("");
  const [missing, setMissing] = useState(false);
  const submit = async () => {
    setMissing(typed !== model.modelId);
    if (typed !== model.modelId) return;
    await remove(model.modelId);
    notices.tell("success", `${model.modelId} is being deleted`);
    close();
    deleted?.();
  };
  const servers = isHosted(model) ? ", its servers and its load balancer" : " and its API key";
  return (
    <FormModal header={`Delete ${model.modelId}?`} verb="Delete" submit={submit} close={close}>
      <div>
        This model{servers} will be removed, and nobody can call it from now on. It cannot be
        undone; weights in the bucket stay.
      </div>
      <FormField
        label={`Type ${model.modelId} to confirm`}
        errorText={missing && "This is not the model's name."}
      >
        <Input
          value={typed}
          autoComplete={false}
          onChange={({ detail }) => setTyped(detail.value)}
        />
      </FormField>
    </FormModal>
  );
}

function ContextDialog({ model, close }: { model: Model; close: () => void }) {
  const { setContext } = useModelActions();
  const [tokens, setTokens] = useState(String(model.contextWindow ?? ""));
  const [wrong, setWrong] = useState("");
  const submit = async () => {
    const usable = /^[1-9]\d{0,8}$/.test(tokens) && Number(tokens) <= 100_000_000;
    setWrong(usable ? "" : "Give a whole number from 1 to 100,000,000.");
    if (!usable) return;
    await setContext(model.modelId, Number(tokens));
    close();
  };
  return (
    <FormModal header="Set the context window" verb="Save" submit={submit} close={close}>
      <FormField
        label="Tokens of prompt and answer together"
        description="The chat shows how much of it is used, and keeps its history within it."
        errorText={wrong}
      >
        <Input
          value={tokens}
          inputMode="numeric"
          onChange={({ detail }) => setTokens(detail.value)}
        />
      </FormField>
    </FormModal>
  );
}
