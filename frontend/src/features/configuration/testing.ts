import { DEFAULTS } from "./defaults";
import type { Version } from "./types";

/** A saved version for tests, of which only what matters is said. */
export function version(versionId: number, told: Partial<Version["configuration"]> = {}): Version {
  return {
    configScope: "global",
    versionId,
    configuration: { ...DEFAULTS, ...told },
    changedBy: "grace",
    changeReason: `reason ${versionId}`,
    createdAt: "2026-11-20T10:00:00Z",
  };
}
