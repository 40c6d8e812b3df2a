/** A model's shapes, as the API's own contracts have them. */
export type Status =
  | "Creating"
  | "InService"
  | "Updating"
  | "Stopping"
  | "Stopped"
  | "Starting"
  | "Deleting"
  | "Failed";

export interface Reason {
  code: string;
  /** What happened and why, and what to do about it: sentences for people. */
  message: string;
  fix: string;
}

export interface Moment {
  status: Status;
  at: string;
  note: string;
}

export interface ScalingConfig {
  minCapacity: number;
  maxCapacity: number;
  desiredCapacity?: number | null;
  /** GiB of each instance's own disk. */
  blockDeviceVolumeSize?: number;
  /** Seconds, as the next one. */
  cooldown?: number;
  defaultInstanceWarmup?: number;
}

export interface ContainerConfig {
  image: { baseImage: string; type?: string };
  /** MiB. */
  sharedMemorySize?: number;
  environment?: Record<string, string>;
}

/** What an administrator asks for. A model that we host has all of the last five. */
export interface Definition {
  modelId: string;
  modelName: string;
  modelType: string;
  modelDescription?: string | null;
  modelUrl?: string | null;
  streaming?: boolean;
  allowedGroups?: string[];
  features?: { name: string; overview?: string }[];
  litellmParams?: Record<string, unknown>;
  fallbacks?: string[];
  retries?: number;
  cooldownSeconds?: number;
  forwarding?: boolean;
  force?: boolean;
  inferenceContainer?: string | null;
  instanceType?: string | null;
  containerConfig?: ContainerConfig | null;
  autoScalingConfig?: ScalingConfig | null;
  loadBalancerConfig?: object | null;
}

export interface Model extends Definition {
  hostingType: "third_party" | "lisa_hosted" | "internal_hosted";
  status: Status;
  timeline: Moment[];
  failureReason: Reason | null;
  createdAt: string;
  updatedAt: string;
  /** Tokens of prompt and answer together; null is unknown. */
  contextWindow: number | null;
  hasApiKey: boolean;
}

/** A definition with the provider's key, which no answer ever has. */
export type ModelWish = Definition & { apiKey?: string };

/** What changes; null as the key takes it away. */
export type ModelChange = Partial<Omit<Definition, "containerConfig">> & {
  enabled?: boolean;
  apiKey?: string | null;
  autoScalingInstanceConfig?: Partial<ScalingConfig>;
  containerConfig?: { environment: Record<string, string> };
};

export interface Price {
  perHour: number;
  currency: string;
  asOf: string;
}

export interface Candidate {
  instanceType: string;
  gpus: number;
  largestTokens: number | null;
  changes: Record<string, string>;
  price: Price | null;
}

/** What a model would need and whether it would start; null is unknown. */
export interface Plan {
  starts: boolean | null;
  reason: Reason | null;
  weights: { format: string; gib: number } | null;
  memory: { gpus: number; totalBytes: number; weightsBytes: number; cacheBytes: number } | null;
  context: { modelTokens: number | null; largestTokens: number | null };
  price: (Price & { perMonthAtMinCapacity: number; perMonthAtMaxCapacity: number }) | null;
  candidates: Candidate[];
  notes: string[];
  unknowns: string[];
}
