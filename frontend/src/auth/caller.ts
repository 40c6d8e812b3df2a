/** Who uses the page, as their own token says; what they may do is decided by the API alone. */
export interface Caller {
  subject: string;
  /** The name under which the API keeps what is theirs. */
  username: string;
  /** The name that people read. */
  name: string;
  groups: string[];
  admin: boolean;
  curator: boolean;
}

export interface Roles {
  groupsClaim: string;
  adminGroup: string;
  curatorGroup: string;
}

type Claims = Record<string, unknown>;

/** Return the caller that claims describe, of Cognito's shape or Keycloak's. */
export function callerOf(claims: Claims, roles: Roles): Caller {
  const groups = groupsIn(claims, roles.groupsClaim);
  const admin = roles.adminGroup !== "" && groups.includes(roles.adminGroup);
  const curates = roles.curatorGroup !== "" && groups.includes(roles.curatorGroup);
  return {
    subject: String(claims.sub ?? ""),
    username: firstText(claims, ["cognito:username", "username", "preferred_username", "sub"]),
    name: firstText(claims, ["name", "cognito:username", "preferred_username", "email", "sub"]),
    groups,
    admin,
    curator: admin || curates,
  };
}

function firstText(claims: Claims, keys: string[]): string {
  const found = keys.map((key) => claims[key]).find((value) => typeof value === "string" && value);
  return String(found ?? "");
}

/** A claim by its exact name, which may have dots in it, else by its path. */
function groupsIn(claims: Claims, path: string): string[] {
  const found = path in claims ? claims[path] : dig(claims, path.split("."));
  if (!Array.isArray(found)) return [];
  return found.filter((group): group is string => typeof group === "string");
}

function dig(node: unknown, path: string[]): unknown {
  return path.reduce<unknown>((at, key) => (isRecord(at) ? at[key] : undefined), node);
}

function isRecord(value: unknown): value is Claims {
  return typeof value === "object" && value !== null;
}
