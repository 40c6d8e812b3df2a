import { useVersions } from "./api";
import { DEFAULTS } from "./defaults";
import type { Configuration } from "./types";

/** What the administrators have set; the defaults while it loads, and when it cannot be loaded. */
export function useConfiguration(): Configuration {
  return useVersions().data?.[0]?.configuration ?? DEFAULTS;
}
