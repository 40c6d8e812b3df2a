import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { dataOf, useApi } from "@/api/client";
import type { ApiError } from "@/api/errors";
import { isChanging } from "./status";
import type { Model, ModelChange, ModelWish } from "./types";

const MODELS = "models";
const ONE = "/models/{modelId}";
const at = (modelId: string) => ({ path: { modelId } });
/** While a workflow works, and otherwise: somebody else may change a model, too. */
const SOON_MS = 2_000;
const LATER_MS = 30_000;

export function useModels() {
  const api = useApi();
  return useQuery({
    queryKey: [MODELS],
    queryFn: async () => (await dataOf(api.GET("/models"))).models,
    refetchInterval: ({ state }) => intervalFor(state.data),
  });
}

export function useModel(modelId: string) {
  const api = useApi();
  return useQuery<Model, ApiError>({
    queryKey: [MODELS, modelId],
    queryFn: async () => (await dataOf(api.GET(ONE, { params: at(modelId) }))).model,
    refetchInterval: ({ state }) => state.error === null && intervalFor(asList(state.data)),
  });
}

export function useInstanceTypes() {
  const api = useApi();
  return useQuery({
    queryKey: ["instance-types"],
    queryFn: () => dataOf(api.GET("/models/metadata/instances")),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** The plan of what is being written; null is nothing that could be planned. */
export function usePlan(wish: ModelWish | null) {
  const api = useApi();
  return useQuery({
    queryKey: ["model-plan", wish],
    queryFn: async () => {
      const body = wish as ModelWish;
      return (await dataOf(api.POST("/models/plan", { body }))).plan;
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
      create: (body: ModelWish) => changed(dataOf(api.POST("/models", { body }))),
      change: (modelId: string, body: ModelChange) =>
        changed(dataOf(api.PUT(ONE, { params: at(modelId), body }))),
      setContext: (modelId: string, contextWindow: number) =>
        changed(
          dataOf(
            api.PUT(`${ONE}/context-window`, {
              params: at(modelId),
              body: { contextWindow },
            }),
          ),
        ),
      remove: (modelId: string) => changed(dataOf(api.DELETE(ONE, { params: at(modelId) }))),
    };
  }, [api, queries]);
}

function intervalFor(models: Model[] = []): number {
  return models.some(({ status }) => isChanging(status)) ? SOON_MS : LATER_MS;
}

function asList(model: Model | undefined): Model[] {
  return model ? [model] : [];
}
