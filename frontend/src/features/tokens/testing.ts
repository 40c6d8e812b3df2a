import type { ApiToken } from "./types";

/** A token for tests, of which only what matters is said. */
export function token(told: Partial<ApiToken>): ApiToken {
  return {
    tokenUUID: "0b7a3c1e-0000-4000-8000-000000000001",
    name: "notebook",
    username: "ada",
    groups: ["users"],
    models: null,
    tokenExpiration: null,
    createdDate: 1_790_000_000,
    createdBy: "ada",
    isSystemToken: false,
    isExpired: false,
    isLegacy: false,
    ...told,
  };
}
