import { namesIn } from "@/app/names";
import { z } from "@/app/zod";
import type { Template, TemplateType, TemplateWish } from "./types";

const EVERYBODY = "lisa:public";
const GROUP = "group:";
export const LONGEST_BODY = 20_000;

export type Sharing = "private" | "groups" | "public";

/** What the form holds; `groupNames` has commas between the names. */
export interface TemplateDraft {
  title: string;
  body: string;
  type: TemplateType;
  sharing: Sharing;
  groupNames: string;
}

export const EMPTY: TemplateDraft = {
  title: "",
  body: "",
  type: "persona",
  sharing: "private",
  groupNames: "",
};

/** The rules of a draft, which are those of the API. */
export const draftRules = z
  .object({
    title: z.string().trim().min(1, "Give it a title.").max(100, "At most 100 characters."),
    body: z
      .string()
      .refine((text) => text.trim() !== "", "Write the prompt.")
      .refine((text) => text.length <= LONGEST_BODY, `At most ${LONGEST_BODY} characters.`),
    type: z.enum(["persona", "directive"]),
    sharing: z.enum(["private", "groups", "public"]),
    groupNames: z.string(),
  })
  .refine((draft) => draft.sharing !== "groups" || namesIn(draft.groupNames).length > 0, {
    path: ["groupNames"],
    message: "Choose at least one group.",
  });

export function draftOf(template: Template): TemplateDraft {
  const { title, body, type } = template;
  const groupNames = groupsOf(template).join(", ");
  return { title, body, type, sharing: sharingOf(template), groupNames };
}

export function wishOf({ title, body, type, sharing, groupNames }: TemplateDraft): TemplateWish {
  const shared = {
    private: [],
    groups: namesIn(groupNames).map((name) => GROUP + name),
    public: [EVERYBODY],
  };
  return { title: title.trim(), body, type, groups: shared[sharing] };
}

export function sharingOf({ groups }: Pick<Template, "groups">): Sharing {
  if (groups.includes(EVERYBODY)) return "public";
  return groups.length > 0 ? "groups" : "private";
}

/** With whom a template is shared, in words. */
export function sharedWith(template: Pick<Template, "groups">): string {
  const words = { private: "Nobody", groups: groupsOf(template).join(", "), public: "Everybody" };
  return words[sharingOf(template)];
}

function groupsOf({ groups }: Pick<Template, "groups">): string[] {
  return groups
    .filter((group) => group.startsWith(GROUP))
    .map((group) => group.slice(GROUP.length));
}
