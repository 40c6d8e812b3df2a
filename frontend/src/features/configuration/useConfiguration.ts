import { useVersions } from "./api";
import { DEFAULTS } from "./defaults";
import { remembered } from "./remembered";
import type { Configuration } from "./types";

/** What the administrators have set; what held last while it loads, and when it cannot be loaded. */
export function useConfiguration(): Configuration {
  return useVersions().data?.[0]?.configuration ?? remembered() ?? DEFAULTS;
}

/** Whether it is known what is switched off. Until then nothing is shown that may be. */
export function useConfigured(): boolean {
  return !useVersions().isPending || remembered() !== null;
}
