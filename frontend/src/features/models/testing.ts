import type { Model, Plan } from "./types";

const NO_SERVERS = {
  inferenceContainer: null,
  instanceType: null,
  containerConfig: null,
  autoScalingConfig: null,
  loadBalancerConfig: null,
  force: false,
};

const CONTAINER: Model["containerConfig"] = {
  image: { baseImage: "lisa/llamacpp:local", type: "registry" },
  sharedMemorySize: 2048,
  memoryReservation: null,
  environment: { A: "1", B: "2" },
  healthCheckConfig: { command: "exit 0", interval: 10, startPeriod: 30, timeout: 5, retries: 3 },
};

const SCALING: Model["autoScalingConfig"] = {
  blockDeviceVolumeSize: 50,
  minCapacity: 1,
  maxCapacity: 2,
  desiredCapacity: null,
  cooldown: 420,
  defaultInstanceWarmup: 180,
  metricConfig: {
    albMetricName: "RequestCountPerTarget",
    targetValue: 30,
    duration: 60,
    estimatedInstanceWarmup: 330,
  },
};

/** A provider's model in service, with what a test says besides. */
export function model(given: Partial<Model> = {}): Model {
  return {
    modelId: "titan",
    modelName: "bedrock/amazon.titan-text-express-v1",
    modelType: "textgen",
    modelDescription: null,
    modelUrl: null,
    hostingType: "third_party",
    streaming: true,
    allowedGroups: [],
    features: [],
    litellmParams: {},
    fallbacks: [],
    retries: 1,
    cooldownSeconds: 0,
    forwarding: false,
    ...NO_SERVERS,
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
    containerConfig: CONTAINER,
    autoScalingConfig: SCALING,
    ...given,
  });
}

export function plan(given: Partial<Plan> = {}): Plan {
  return {
    starts: true,
    reason: null,
    weights: { format: "gguf", files: 1, bytes: 2 ** 29, gib: 0.5, elementsByDataType: null },
    memory: null,
    context: {
      modelTokens: 2048,
      requestedTokens: null,
      largestTokens: 4096,
      concurrentFullLengthSequences: null,
    },
    price: null,
    candidates: [],
    notes: [],
    unknowns: [],
    ...given,
  };
}
