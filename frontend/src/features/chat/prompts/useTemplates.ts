import { useQuery } from "@tanstack/react-query";
import { dataOf, useApi } from "@/api/client";
import { useConfiguration } from "@/features/configuration/useConfiguration";
import type { Template } from "@/features/prompts/types";

/**
 * The prompts of one type that the caller may use: none while they load, if they cannot be read, or
 * where an administrator has switched the library off.
 */
export function useTemplates(type: Template["type"]): readonly Template[] {
  const api = useApi();
  const { showPromptTemplateLibrary: enabled } = useConfiguration().enabledComponents;
  const { data } = useQuery({
    queryKey: ["prompt-templates", "for-chat", type],
    queryFn: ({ signal }) => {
      const query = { type, pageSize: 100 };
      return dataOf(api.GET("/prompt-templates", { params: { query }, signal }));
    },
    enabled,
    staleTime: 60_000,
    retry: false,
  });
  return (enabled && data?.Items) || NONE;
}

const NONE: readonly Template[] = [];
