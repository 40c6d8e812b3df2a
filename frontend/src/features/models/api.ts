import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { ask } from "@/api/calls";
import { useApi } from "@/api/client";
import type { ApiError } from "@/api/errors";
import { isChanging } from "./status";
import type { Model, ModelChange, ModelWish, Plan } from "./types";

const MODELS = "models";
const ONE = "/models/{modelId}";
/** While a workflow works, and otherwise: somebody else may change a model, too. */
const SOON_MS = 2_000;
const LATER_MS = 30_000;

export function useModels() {
  const api = useApi();
  return useQuery({
    queryKey: [MODELS],
    queryFn: async () => (await ask<{ models: Model[] }>(api, "get", "/models")).models,
    refetchInterval: ({ state }) => intervalFor(state.data),
  });
}

export function useModel(modelId: string) {
  const api = useApi();
  return useQuery<Model, ApiError>({
    queryKey: [MODELS, modelId],
    queryFn: async () => {
      return (await ask<{ model: Model }>(api, "get", ONE, { path: { modelId } })).model;
    },
    refetchInterval: ({ state }) => state.error === null && intervalFor(asList(state.data)),
  });
}

export function useInstanceTypes() {
  const api = useApi();
  return useQuery({
    queryKey: ["instance-types"],
    queryFn: () => ask<string[]>(api, "get", "/models/metadata/instances"),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** The plan of what is being written; null is nothing that could be planned. */
export function usePlan(wish: ModelWish | null) {
  const api = useApi();
  return useQuery({
    queryKey: ["model-plan", wish],
    queryFn: async () => {
      const body = wish ?? undefined;
      return (await ask<{ plan: Plan }>(api, "post", "/models/plan", { body })).plan;
    },
    enabled: wish !== null,
    staleTime: 60_000,
    placeholderData: (before) => before,
  });
}

/** What can be done to models; afterwards all of them are asked for again. */
export function useModelActions() {
  const api = useApi();
  const queries = useQueryClient();
  return useMemo(() => {
    const changed = async <T>(change: Promise<T>): Promise<T> => {
      const done = await change;
      await queries.invalidateQueries({ queryKey: [MODELS] });
      return done;
    };
    return {
      create: (body: ModelWish) => changed(ask<{ model: Model }>(api, "post", "/models", { body })),
      change: (modelId: string, body: ModelChange) =>
        changed(ask<{ model: Model }>(api, "put", ONE, { path: { modelId }, body })),
      setContext: (modelId: string, contextWindow: number) =>
        changed(
          ask<{ model: Model }>(api, "put", `${ONE}/context-window`, {
            path: { modelId },
            body: { contextWindow },
          }),
        ),
      remove: (modelId: string) => changed(ask<unknown>(api, "delete", ONE, { path: { modelId } })),
    };
  }, [api, queries]);
}

function intervalFor(models: Model[] = []): number {
  return models.some(({ status }) => isChanging(status)) ? SOON_MS : LATER_MS;
}

function asList(model: Model | undefined): Model[] {
  return model ? [model] : [];
}
