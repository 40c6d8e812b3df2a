import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import { useState } from "react";
import { FormModal } from "@/app/FormModal";
import { useNotices } from "@/app/notices";
import { useModelActions } from "./api";
import type { Model } from "./types";

const CHOICES = [
  { value: "set", label: "Set another key", description: "Calls use it at once." },
  {
    value: "remove",
    label: "Remove the key",
    description: "It is deleted from the vault for good.",
  },
];

/** A provider's key: written, never read. */
export function KeyDialog({ model, close }: { model: Model; close: () => void }) {
  const { change } = useModelActions();
  const notices = useNotices();
  const [choice, setChoice] = useState("set");
  const [key, setKey] = useState("");
  const [missing, setMissing] = useState(false);
  const removes = choice === "remove";
  const submit = async () => {
    setMissing(!removes && key === "");
    if (!removes && key === "") return;
    await change(model.modelId, { apiKey: removes ? null : key });
    notices.tell("success", `The key of ${model.modelId} was ${removes ? "removed" : "changed"}`);
    close();
  };
  return (
    <FormModal header={`API key of ${model.modelId}`} verb="Save" submit={submit} close={close}>
      {model.hasApiKey ? (
        <RadioGroup
          ariaLabel="What to do with the key"
          items={CHOICES}
          value={choice}
          onChange={({ detail }) => setChoice(detail.value)}
        />
      ) : (
        <div>This model has no key yet.</div>
      )}
      {!removes && (
        <FormField
          label="Key"
          description="As its provider gave it. Nobody can read it here afterwards."
          errorText={missing && "Give the key."}
        >
          <Input
            type="password"
            value={key}
            autoComplete={false}
            onChange={({ detail }) => setKey(detail.value)}
          />
        </FormField>
      )}
    </FormModal>
  );
}
