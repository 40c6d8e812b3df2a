import { z } from "zod";

/** What `env.js` says; the names are those of upstream LISA. No secret is among them. */
const Environment = z.object({
  AUTHORITY: z.url(),
  CLIENT_ID: z.string().min(1),
  /** Where discovery lies, if not below the authority. */
  METADATA_URL: z.url().optional(),
  /** Cognito's logout address, which is none of OpenID Connect's. */
  LOGOUT_URL: z.url().optional(),
  JWT_GROUPS_PROP: z.string().default("cognito:groups"),
  ADMIN_GROUP: z.string().default(""),
  RAG_ADMIN_GROUP: z.string().default(""),
  CUSTOM_SCOPES: z.array(z.string()).default([]),
  /** The gateway's origin, and the version of its routes. */
  RESTAPI_URI: z.string().min(1),
  RESTAPI_VERSION: z.string().default("v2"),
  /** The admin API with its stage. */
  API_BASE_URL: z.string().min(1),
});

export type Environment = z.infer<typeof Environment>;

declare global {
  interface Window {
    env?: unknown;
  }
}

export class EnvironmentUnusable extends Error {}

/** Return what `env.js` says, or throw what is wrong with it, in words. */
export function readEnvironment(given: unknown = window.env): Environment {
  const read = Environment.safeParse(given ?? {});
  if (read.success) return read.data;
  const wrong = read.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  throw new EnvironmentUnusable(wrong.join("; "));
}

/** The base URL of the OpenAI protocol, without a slash at its end. */
export function serveUrl(environment: Environment): string {
  return `${environment.RESTAPI_URI.replace(/\/+$/, "")}/${environment.RESTAPI_VERSION}/serve`;
}
