/** What `env.js` says; the names are those of upstream LISA. No secret is among them. */
export interface Environment {
  AUTHORITY: string;
  CLIENT_ID: string;
  /** Where discovery lies, if not below the authority. */
  METADATA_URL?: string;
  /** Cognito's logout address, which is none of OpenID Connect's. */
  LOGOUT_URL?: string;
  JWT_GROUPS_PROP: string;
  ADMIN_GROUP: string;
  RAG_ADMIN_GROUP: string;
  CUSTOM_SCOPES: string[];
  /** The gateway's origin, empty where there is none, and the version of its routes. */
  RESTAPI_URI: string;
  RESTAPI_VERSION: string;
  /** The admin API with its stage. */
  API_BASE_URL: string;
  /** What is installed. Pages and switches of other parts are not shown. */
  PARTS: Part[];
}

export type Part = "models" | "serve" | "rag" | "chat" | "ui";

declare global {
  interface Window {
    env?: unknown;
  }
}

export class EnvironmentUnusable extends Error {}

type Check = (value: unknown) => string | null;

const text: Check = (value) => (typeof value === "string" ? null : "is no text");
const words: Check = (value) =>
  Array.isArray(value) && value.every((one) => typeof one === "string") ? null : "is no list";
const filled: Check = (value) => text(value) ?? (value === "" ? "is empty" : null);
const address: Check = (value) =>
  text(value) ?? (URL.canParse(value as string) ? null : "is no address");

// By hand: a library of schemas would be a tenth of what a browser loads before anything is shown.
const NEEDED: Record<string, Check> = {
  AUTHORITY: address,
  CLIENT_ID: filled,
  RESTAPI_URI: text,
  API_BASE_URL: filled,
};
const OTHERS: Record<string, Check> = {
  METADATA_URL: address,
  LOGOUT_URL: address,
  JWT_GROUPS_PROP: text,
  ADMIN_GROUP: text,
  RAG_ADMIN_GROUP: text,
  CUSTOM_SCOPES: words,
  RESTAPI_VERSION: text,
  PARTS: words,
};
const DEFAULTS = {
  JWT_GROUPS_PROP: "cognito:groups",
  ADMIN_GROUP: "",
  RAG_ADMIN_GROUP: "",
  CUSTOM_SCOPES: [],
  RESTAPI_VERSION: "v2",
  PARTS: ["models", "serve", "rag", "chat", "ui"],
};

/** Return what `env.js` says, or throw what is wrong with it, in words. */
export function readEnvironment(given: unknown = window.env): Environment {
  const told = Object.fromEntries(
    Object.entries(given ?? {}).filter(([, value]) => value !== undefined),
  );
  const wrong = [...faults(NEEDED, told, "is missing"), ...faults(OTHERS, told, null)];
  if (wrong.length > 0) throw new EnvironmentUnusable(wrong.join("; "));
  return { ...DEFAULTS, ...told } as unknown as Environment;
}

function faults(
  checks: Record<string, Check>,
  told: Record<string, unknown>,
  missing: string | null,
): string[] {
  return Object.entries(checks).flatMap(([name, check]) => {
    const fault = name in told ? check(told[name]) : missing;
    return fault ? [`${name} ${fault}`] : [];
  });
}

/** The base URL of the OpenAI protocol, without a slash at its end. */
export function serveUrl(environment: Environment): string {
  return `${environment.RESTAPI_URI.replace(/\/+$/, "")}/${environment.RESTAPI_VERSION}/serve`;
}
