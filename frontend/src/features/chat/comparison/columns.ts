import { messageId } from "../core/identity";
import type { Setup } from "../types";

export const FEWEST = 2;
export const MOST = 4;

/** One of the models that are compared; `id` is the column's own, whatever model it has. */
export interface Column {
  id: string;
  model: string;
}

/** Return the columns to begin with: of different models as far as there are some. */
export function firstColumns(models: readonly string[]): Column[] {
  return Array.from({ length: FEWEST }, (_, at) => column(models[at] ?? models[0] ?? ""));
}

/** Return the columns with one more, of a model that has none yet if there is one. */
export function added(columns: readonly Column[], models: readonly string[]): Column[] {
  if (columns.length >= MOST) return [...columns];
  const taken = new Set(columns.map((one) => one.model));
  return [...columns, column(models.find((id) => !taken.has(id)) ?? models[0] ?? "")];
}

export function removed(columns: readonly Column[], id: string): Column[] {
  if (columns.length <= FEWEST) return [...columns];
  return columns.filter((one) => one.id !== id);
}

export function withModel(columns: readonly Column[], id: string, model: string): Column[] {
  return columns.map((one) => (one.id === id ? { ...one, model } : one));
}

/** Return what a column's conversation is had with: all but the model is everybody's. */
export function setupOf(common: Setup, { model }: Column): Setup {
  return { ...common, model };
}

function column(model: string): Column {
  return { id: messageId(), model };
}
