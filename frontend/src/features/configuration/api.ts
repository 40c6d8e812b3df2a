import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { dataOf, useApi } from "@/api/client";
import { complete } from "./defaults";
import { remember } from "./remembered";
import type { Configuration } from "./types";

const KEY = ["configuration"];

/** The versions of the configuration that the API keeps in reach, the newest first. */
export function useVersions() {
  const api = useApi();
  return useQuery({
    queryKey: KEY,
    queryFn: async () => {
      const query = { configScope: "global" } as const;
      const versions = await dataOf(api.GET("/configuration", { params: { query } }));
      const all = versions.map((one) => ({ ...one, configuration: complete(one.configuration) }));
      if (all[0]) remember(all[0].configuration);
      return all;
    },
    staleTime: 60_000,
    // Every page reads it: one that opens must not ask a server again that has just failed.
    retryOnMount: false,
  });
}

export interface Save {
  configuration: Configuration;
  changeReason?: string;
  /** The version that was read; ApiError 409 if another was saved since. */
  versionId: number;
}

/** Save a configuration for everybody; it holds in this page at once. */
export function useSave() {
  const api = useApi();
  const queries = useQueryClient();
  return useCallback(
    async (body: Save) => {
      const saved = await dataOf(api.PUT("/configuration/global", { body }));
      await queries.invalidateQueries({ queryKey: KEY });
      return saved;
    },
    [api, queries],
  );
}
