import { useQuery } from "@tanstack/react-query";
import { useApi } from "@/api/client";
import { useConfiguration } from "@/features/configuration/useConfiguration";
import { call } from "../api";

/** A prompt of the library: a persona is a system prompt, a directive is something to ask for. */
export interface Template {
  id: string;
  title: string;
  body: string;
  type: "persona" | "directive";
}

/**
 * The prompts of one type that the caller may use: none while they load, if they cannot be read, or
 * where an administrator has switched the library off.
 */
export function useTemplates(type: Template["type"]): readonly Template[] {
  const api = useApi();
  const { showPromptTemplateLibrary: enabled } = useConfiguration().enabledComponents;
  const { data } = useQuery({
    queryKey: ["prompt-templates", "for-chat", type],
    queryFn: ({ signal }) =>
      call<{ Items?: Template[] }>(api, "get", ["prompt-templates"], {
        query: { type, pageSize: 100 },
        signal,
      }),
    enabled,
    staleTime: 60_000,
    retry: false,
  });
  return (enabled && data?.Items) || NONE;
}

const NONE: readonly Template[] = [];
