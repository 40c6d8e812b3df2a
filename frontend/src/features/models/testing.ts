import type { Model, Plan } from "./types";

/** A provider's model in service, with what a test says besides. */
export function model(given: Partial<Model> = {}): Model {
  return {
    modelId: "titan",
    modelName: "bedrock/amazon.titan-text-express-v1",
    modelType: "textgen",
    hostingType: "third_party",
    streaming: true,
    allowedGroups: [],
    features: [],
    litellmParams: {},
    fallbacks: [],
    retries: 1,
    cooldownSeconds: 0,
    status: "InService",
    timeline: [
      { status: "Creating", at: "2026-11-30T10:00:00Z", note: "" },
      { status: "InService", at: "2026-11-30T10:01:00Z", note: "" },
    ],
    failureReason: null,
    createdAt: "2026-11-30T10:00:00Z",
    updatedAt: "2026-11-30T10:01:00Z",
    contextWindow: 8192,
    hasApiKey: false,
    ...given,
  };
}

/** A model that runs here. */
export function hosted(given: Partial<Model> = {}): Model {
  return model({
    modelId: "tiny",
    modelName: "demo/tiny-chat",
    hostingType: "lisa_hosted",
    inferenceContainer: "llamacpp",
    instanceType: "m5.large",
    containerConfig: {
      image: { baseImage: "lisa/llamacpp:local" },
      environment: { A: "1", B: "2" },
    },
    autoScalingConfig: { minCapacity: 1, maxCapacity: 2 },
    ...given,
  });
}

export function plan(given: Partial<Plan> = {}): Plan {
  return {
    starts: true,
    reason: null,
    weights: { format: "gguf", gib: 0.5 },
    memory: null,
    context: { modelTokens: 2048, largestTokens: 4096 },
    price: null,
    candidates: [],
    notes: [],
    unknowns: [],
    ...given,
  };
}
