/** Who uses the page, as their own token says; what they may do is decided by the API alone. */
export interface Caller {
  subject: string;
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
    name: nameIn(claims),
    groups,
    admin,
    curator: admin || curates,
  };
}

function nameIn(claims: Claims): string {
  const known = ["name", "cognito:username", "preferred_username", "email", "sub"];
  const name = known.map((key) => claims[key]).find((value) => typeof value === "string" && value);
  return String(name ?? "");
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
