import type { components } from "@/api/schema";

type Schemas = components["schemas"];

/** A model as administrators see it: its definition, and what became of it. */
export type Model = Schemas["ModelView"];

export type Status = Model["status"];

export type ModelType = Schemas["ModelType"];

export type Container = Schemas["InferenceContainer"];

export type Moment = Schemas["Moment-Output"];

/** What happened and why, and what to do about it: sentences for people. */
export type Reason = Schemas["FailureReason"];

/** What an administrator asks for, with the provider's key, which no answer ever has. */
export type ModelWish = Schemas["ModelRequest"];

/** What changes; null as the key takes it away. */
export type ModelChange = Schemas["UpdateModel"];

export type Candidate = Schemas["CandidateView"];

/** What a model would need and whether it would start; null is unknown. */
export type Plan = Pick<
  Schemas["PlanView"],
  | "starts"
  | "reason"
  | "weights"
  | "memory"
  | "context"
  | "price"
  | "candidates"
  | "notes"
  | "unknowns"
>;
