import Wizard, { type WizardProps } from "@cloudscape-design/components/wizard";
import { zodResolver } from "@hookform/resolvers/zod";
import { useState } from "react";
import { FormProvider, type UseFormReturn, useForm } from "react-hook-form";
import { useNavigate } from "react-router";
import { useNotices } from "@/app/notices";
import { useModelActions } from "./api";
import { type Draft, DraftRules, EMPTY, wishOf } from "./draft";
import { ServersStep } from "./ServersStep";
import { servers } from "./servers";
import { CallStep, ModelStep, ReviewStep } from "./steps";

const WORDS = {
  stepNumberLabel: (step: number) => `Step ${step}`,
  collapsedStepsLabel: (step: number, steps: number) => `Step ${step} of ${steps}`,
  navigationAriaLabel: "Steps",
  cancelButton: "Cancel",
  previousButton: "Previous",
  nextButton: "Next",
  submitButton: "Create model",
  optional: "optional",
};

type Name = "model" | "servers" | "calls" | "review";

/** What each step asks for: it is checked before the next one is shown. */
const ASKED: Record<Name, (keyof Draft)[]> = {
  model: ["modelId", "modelName", "modelType", "modelDescription", "modelUrl"],
  servers: Object.keys(servers) as (keyof Draft)[],
  calls: ["retries", "cooldownSeconds", "parameters"],
  review: [],
};

/** A new model, step by step. */
export default function CreatePage() {
  const navigate = useNavigate();
  const form = useForm<Draft>({ defaultValues: EMPTY, resolver: zodResolver(DraftRules) });
  const hosted = form.watch("hosting") === "hosted";
  const names: Name[] = hosted ? ["model", "servers", "calls", "review"] : EXTERNAL;
  const [step, setStep] = useState(0);
  const { create, busy, error } = useCreation(form);
  const go = async (wanted: number) => {
    for (let at = step; at < wanted; at += 1) {
      const right = await form.trigger(ASKED[names[at] ?? "review"], { shouldFocus: true });
      if (!right) return setStep(at);
    }
    setStep(wanted);
  };
  return (
    <FormProvider {...form}>
      <Wizard
        i18nStrings={WORDS}
        activeStepIndex={step}
        isLoadingNextStep={busy}
        onNavigate={({ detail }) => void go(detail.requestedStepIndex)}
        onCancel={() => void navigate("/models")}
        onSubmit={() => void create()}
        steps={names.map((name) => stepFor(name, error))}
      />
    </FormProvider>
  );
}

const EXTERNAL: Name[] = ["model", "calls", "review"];

function stepFor(name: Name, error: unknown): WizardProps.Step {
  switch (name) {
    case "model":
      return { title: "Model", description: "What it is.", content: <ModelStep /> };
    case "servers":
      return { title: "Servers", description: "What it runs on.", content: <ServersStep /> };
    case "calls":
      return { title: "Calls", description: "Who may call it, and how.", content: <CallStep /> };
    case "review":
      return {
        title: "Review",
        description: "What will be made.",
        content: <ReviewStep error={error} />,
      };
  }
}

/** Asks for the model, and goes to its page, where its creation is followed. */
function useCreation(form: UseFormReturn<Draft>) {
  const navigate = useNavigate();
  const notices = useNotices();
  const actions = useModelActions();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const create = form.handleSubmit(async (draft) => {
    setBusy(true);
    setError(null);
    try {
      await actions.create(wishOf(draft));
      notices.tell("info", `${draft.modelId} is being created`);
      await navigate(`/models/${encodeURIComponent(draft.modelId)}`);
    } catch (failed) {
      setError(failed);
      setBusy(false);
    }
  });
  return { create, busy, error };
}
