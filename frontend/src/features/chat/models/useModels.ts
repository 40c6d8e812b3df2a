import { useMemo } from "react";
import { useListedModels } from "@/api/served";
import { useCaller } from "@/auth/session";
import { choices, type ModelChoice } from "./choices";

export interface Models {
  all: ModelChoice[];
  loading: boolean;
  error: unknown;
  again: () => void;
}

/** The models that may be chosen, now or when they come into service. */
export function useModels(): Models {
  const { admin } = useCaller();
  const { data, isPending, error, refetch } = useListedModels();
  const all = useMemo(() => choices(data ?? [], admin), [data, admin]);
  return { all, loading: isPending, error, again: () => void refetch() };
}
