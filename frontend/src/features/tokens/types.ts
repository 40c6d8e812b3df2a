import type { components } from "@/api/schema";

type Schemas = components["schemas"];

/** An API token, told without the token. Times are in Unix seconds. */
export type ApiToken = Schemas["TokenView"];

/** A token that was just made: the only answer that has the token itself. */
export type NewToken = Schemas["NewTokenView"];

/**
 * The body that makes a token; only one for somebody else may be a system's. What is left out:
 * 90 days, the caller's groups, all models.
 */
export type TokenWish = Schemas["CreateTokenFor"];

export type TokenChange = Schemas["UpdateToken"];
