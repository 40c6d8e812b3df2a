/** A persona says who answers, a directive what is to be done. */
export type TemplateType = "persona" | "directive";

/** A prompt that is kept. Times are ISO 8601, UTC. */
export interface Template {
  id: string;
  title: string;
  body: string;
  type: TemplateType;
  /** With whom it is shared: `lisa:public` is everybody, `group:<name>` a group, none nobody. */
  groups: string[];
  owner: string;
  ownerName: string;
  /** Whether it is the caller's. */
  mine: boolean;
  created: string;
  updated: string;
  /** Told when it is changed, so that nobody's change is lost. */
  revision: number;
}

export type TemplateWish = Pick<Template, "title" | "body" | "type" | "groups">;

export interface TemplatePage {
  Items: Template[];
  cursor: string | null;
}
