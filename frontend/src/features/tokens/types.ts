/** An API token, told without the token. Times are in Unix seconds. */
export interface ApiToken {
  tokenUUID: string;
  name: string;
  username: string;
  groups: string[];
  /** The only models that it may call; null: all that its groups may. */
  models: string[] | null;
  /** null: never. */
  tokenExpiration: number | null;
  createdDate: number;
  createdBy: string;
  isSystemToken: boolean;
  isExpired: boolean;
  /** Its row was put into the table by hand. */
  isLegacy: boolean;
}

/** A token that was just made: the only answer that has the token itself. */
export interface NewToken extends ApiToken {
  token: string;
}

export interface TokenPage {
  tokens: ApiToken[];
  nextToken: string | null;
}

/** The body that makes a token. What is left out: 90 days, the caller's groups, all models. */
export interface TokenWish {
  name: string;
  tokenExpiration?: number | null;
  groups?: string[];
  models?: string[];
  isSystemToken?: boolean;
}

export interface TokenChange {
  name?: string;
  tokenExpiration?: number | null;
}
