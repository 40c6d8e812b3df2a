import { useMemo } from "react";
import { ask } from "@/api/calls";
import { useApi } from "@/api/client";
import { useChanging, useParts } from "@/app/lists";
import type { Template, TemplatePage, TemplateType, TemplateWish } from "./types";

const KEY = "prompt-templates";

/** Which templates are wanted; what is left out narrows nothing. */
export interface Wanted {
  type?: TemplateType;
  /** The caller's own alone. */
  mine?: boolean;
}

/** The templates that the caller may read: their own, and those that are shared with them. */
export function useTemplates({ type, mine = false }: Wanted = {}) {
  const api = useApi();
  return useParts([KEY, type, mine], async (cursor) => {
    // `public=true` would ask for those of everybody alone.
    const query = { type, public: mine ? false : undefined, pageSize: 100, cursor };
    const page = await ask<TemplatePage>(api, "get", "/prompt-templates", { query });
    return { items: page.Items, next: page.cursor };
  });
}

/** What can be done to templates; afterwards every list is asked for again. */
export function useTemplateActions() {
  const api = useApi();
  const changed = useChanging(KEY);
  return useMemo(() => {
    const one = "/prompt-templates/{promptTemplateId}";
    const at = (template: Template) => ({ promptTemplateId: template.id });
    return {
      create: (body: TemplateWish) =>
        changed(ask<Template>(api, "post", "/prompt-templates", { body })),
      /** ApiError 409 if somebody else changed it since it was read. */
      change: (template: Template, wish: TemplateWish) => {
        const body = { ...wish, revision: template.revision };
        return changed(ask<Template>(api, "put", one, { path: at(template), body }));
      },
      remove: (template: Template) =>
        changed(ask<unknown>(api, "delete", one, { path: at(template) })),
    };
  }, [api, changed]);
}
