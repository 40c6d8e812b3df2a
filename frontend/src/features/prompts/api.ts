import { useMemo } from "react";
import { dataOf, useApi } from "@/api/client";
import { useChanging, useParts } from "@/app/lists";
import type { Template, TemplateType, TemplateWish } from "./types";

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
    const page = await dataOf(api.GET("/prompt-templates", { params: { query } }));
    return { items: page.Items, next: page.cursor };
  });
}

/** What can be done to templates; afterwards every list is asked for again. */
export function useTemplateActions() {
  const api = useApi();
  const changed = useChanging(KEY);
  return useMemo(() => {
    const one = "/prompt-templates/{promptTemplateId}";
    const at = (template: Template) => ({ path: { promptTemplateId: template.id } });
    return {
      create: (body: TemplateWish) => changed(dataOf(api.POST("/prompt-templates", { body }))),
      /** ApiError 409 if somebody else changed it since it was read. */
      change: (template: Template, wish: TemplateWish) => {
        const body = { ...wish, revision: template.revision };
        return changed(dataOf(api.PUT(one, { params: at(template), body })));
      },
      remove: (template: Template) => changed(dataOf(api.DELETE(one, { params: at(template) }))),
    };
  }, [api, changed]);
}
