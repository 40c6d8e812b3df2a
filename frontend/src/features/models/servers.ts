import { z } from "@/app/zod";
import { commandOf } from "./command";
import { whole, wholeOrNothing } from "./rules";
import { running } from "./running";
import type { Container, ModelWish } from "./types";
import { variablesOf } from "./variables";

export const CONTAINERS: readonly Container[] = ["vllm", "tgi", "tei", "instructor", "llamacpp"];

export const IMAGE_TYPES = ["registry", "ecr", "external", "asset", "tarball"] as const;
export const METRICS = ["RequestCountPerTarget", "TargetResponseTime"] as const;

/** What a new model that runs here is asked for: what may be changed later, and what stays. */
export const servers = {
  inferenceContainer: z.enum(CONTAINERS),
  image: z.string(),
  imageType: z.enum(IMAGE_TYPES),
  instanceType: z.string(),
  ...running,
  memoryReservation: wholeOrNothing(128, 4_194_304),
  /** In GiB. */
  volume: whole(30, 16_384),
  metric: z.enum(METRICS),
  metricTarget: whole(1, 1_000_000),
  metricSpan: whole(1, 3600),
  metricWarmup: whole(1, 3600),
  healthPath: z.string().regex(/^\/[A-Za-z0-9._~/-]{0,255}$/, "Give a path, such as /health."),
  healthInterval: whole(5, 300),
  healthTimeout: whole(2, 120),
  healthyCount: whole(2, 10),
  unhealthyCount: whole(2, 10),
  force: z.boolean(),
};

const Servers = z.object(servers);
export type ServersDraft = z.infer<typeof Servers>;

export const USUAL: ServersDraft = {
  inferenceContainer: "vllm",
  image: "",
  imageType: "registry",
  instanceType: "",
  minCapacity: "1",
  maxCapacity: "1",
  desiredCapacity: "",
  cooldown: "420",
  warmup: "180",
  environment: "",
  sharedMemory: "2048",
  memoryReservation: "",
  checkCommand: "exit 0",
  checkInterval: "10",
  checkStart: "300",
  checkTimeout: "5",
  checkRetries: "3",
  volume: "50",
  metric: "RequestCountPerTarget",
  metricTarget: "30",
  metricSpan: "60",
  metricWarmup: "180",
  healthPath: "/health",
  healthInterval: "30",
  healthTimeout: "10",
  healthyCount: "2",
  unhealthyCount: "2",
  force: false,
};

/** Return the servers of a draft as the API takes them. */
export function serversOf(draft: ServersDraft): Partial<ModelWish> {
  return {
    inferenceContainer: draft.inferenceContainer,
    instanceType: draft.instanceType,
    containerConfig: containerOf(draft),
    autoScalingConfig: scalingOf(draft),
    loadBalancerConfig: {
      healthCheckConfig: {
        path: draft.healthPath,
        interval: Number(draft.healthInterval),
        timeout: Number(draft.healthTimeout),
        healthyThresholdCount: Number(draft.healthyCount),
        unhealthyThresholdCount: Number(draft.unhealthyCount),
      },
    },
    ...(draft.force && { force: true }),
  };
}

function containerOf(draft: ServersDraft): ModelWish["containerConfig"] {
  const { memoryReservation } = draft;
  return {
    image: { baseImage: draft.image, type: draft.imageType },
    sharedMemorySize: Number(draft.sharedMemory),
    ...(memoryReservation && { memoryReservation: Number(memoryReservation) }),
    environment: variablesOf(draft.environment),
    healthCheckConfig: {
      command: commandOf(draft.checkCommand),
      interval: Number(draft.checkInterval),
      startPeriod: Number(draft.checkStart),
      timeout: Number(draft.checkTimeout),
      retries: Number(draft.checkRetries),
    },
  };
}

function scalingOf(draft: ServersDraft): ModelWish["autoScalingConfig"] {
  const { desiredCapacity } = draft;
  return {
    minCapacity: Number(draft.minCapacity),
    maxCapacity: Number(draft.maxCapacity),
    ...(desiredCapacity && { desiredCapacity: Number(desiredCapacity) }),
    blockDeviceVolumeSize: Number(draft.volume),
    cooldown: Number(draft.cooldown),
    defaultInstanceWarmup: Number(draft.warmup),
    metricConfig: {
      albMetricName: draft.metric,
      targetValue: Number(draft.metricTarget),
      duration: Number(draft.metricSpan),
      estimatedInstanceWarmup: Number(draft.metricWarmup),
    },
  };
}
