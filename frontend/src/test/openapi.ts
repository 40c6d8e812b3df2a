import openapi from "../../../functions/api/openapi.json";

interface Schema {
  $ref?: string;
  anyOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
}

const SCHEMAS = openapi.components.schemas as unknown as Record<string, Schema>;

/**
 * Return the fields of a body with those within, such as `containerConfig.image.type`.
 *
 * @param but are names whose fields are people's own, such as those of a provider.
 */
export function fieldsOfBody(name: string, but: readonly string[] = ["litellmParams"]): string[] {
  return fieldsOf(SCHEMAS[name] ?? {}, but);
}

/** Return the names of a value's fields with those within; a list's are those of what it holds. */
export function namesIn(value: unknown): string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap(namesIn))];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => under(name, namesIn(inner)));
}

function fieldsOf(schema: Schema, but: readonly string[]): string[] {
  const { $ref, anyOf = [], items, properties = {} } = schema;
  const referred = $ref ? [SCHEMAS[$ref.split("/").at(-1) ?? ""] ?? {}] : [];
  const within = [...referred, ...anyOf, ...(items ? [items] : [])];
  const own = Object.entries(properties).flatMap(([name, inner]) =>
    under(name, but.includes(name) ? [] : fieldsOf(inner, but)),
  );
  return [...new Set([...within.flatMap((one) => fieldsOf(one, but)), ...own])];
}

function under(name: string, inner: string[]): string[] {
  return [name, ...inner.map((one) => `${name}.${one}`)];
}
