import { EMPTY, type Tree } from "../core/tree";
import type { Message, Setup } from "../types";
import type { Saving } from "./journal";

/** What there is to show of a conversation; a new value with each change. */
export interface View {
  tree: Tree;
  path: readonly Message[];
  setup: Setup;
  name: string;
  /** The answer that this tab is receiving. */
  live: string | null;
  state: "new" | "loading" | "ready" | "failed" | "missing";
  saving: Saving;
  /** Why it could not be loaded or saved. */
  error?: unknown;
}

export const BLANK: Setup = { model: "", systemPrompt: "", parameters: {} };

export const UNSEEN: View = {
  tree: EMPTY,
  path: [],
  setup: BLANK,
  name: "",
  live: null,
  state: "new",
  saving: "saved",
};
