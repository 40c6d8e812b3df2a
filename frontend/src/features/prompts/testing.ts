import type { Template } from "./types";

/** A template for tests, of which only what matters is said. */
export function template(told: Partial<Template>): Template {
  return {
    id: "t1",
    title: "Patient teacher",
    body: "You are a patient teacher.",
    type: "persona",
    groups: [],
    owner: "ada",
    ownerName: "Ada",
    mine: true,
    created: "2026-11-01T10:00:00Z",
    updated: "2026-11-01T10:00:00Z",
    revision: 3,
    ...told,
  };
}
