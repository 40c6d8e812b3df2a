import { useMemo } from "react";
import { useSession } from "@/auth/session";
import { useVersions } from "./api";
import { DEFAULTS } from "./defaults";
import { remembered } from "./remembered";
import { installed } from "./switches";
import type { Configuration } from "./types";

/**
 * What the administrators have set; what held last while it loads, and when it cannot be loaded.
 * The switches of parts that are not installed are off, whatever was set.
 */
export function useConfiguration(): Configuration {
  const { PARTS } = useSession().environment;
  const set = useVersions().data?.[0]?.configuration ?? remembered() ?? DEFAULTS;
  return useMemo(
    () => ({ ...set, enabledComponents: installed(set.enabledComponents, PARTS) }),
    [set, PARTS],
  );
}

/** Whether it is known what is switched off. Until then nothing is shown that may be. */
export function useConfigured(): boolean {
  return !useVersions().isPending || remembered() !== null;
}
