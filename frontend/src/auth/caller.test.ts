import { expect, test } from "vitest";
import { callerOf } from "./caller";

const COGNITO = {
  sub: "1-2",
  "cognito:username": "ada",
  "cognito:groups": ["lisa-admins", "team"],
};
const KEYCLOAK = { sub: "9", preferred_username: "bob", realm_access: { roles: ["lisa-users"] } };
const roles = (groupsClaim: string) => ({
  groupsClaim,
  adminGroup: "lisa-admins",
  curatorGroup: "team",
});

test("Cognito's claims name an administrator", () => {
  const caller = callerOf(COGNITO, roles("cognito:groups"));
  expect(caller).toEqual({
    subject: "1-2",
    username: "ada",
    name: "ada",
    groups: ["lisa-admins", "team"],
    admin: true,
    curator: true,
  });
});

test("Keycloak's groups lie below a path", () => {
  const caller = callerOf(KEYCLOAK, roles("realm_access.roles"));
  expect([caller.name, caller.groups, caller.admin, caller.curator]).toEqual([
    "bob",
    ["lisa-users"],
    false,
    false,
  ]);
});

test.each(["lisa-admins", { "lisa-admins": true }, null, 7])(
  "%j is no list of groups",
  (groups) => {
    expect(callerOf({ sub: "1", groups }, roles("groups")).groups).toEqual([]);
  },
);

test("the API's name for a person is not the one that people read", () => {
  const caller = callerOf({ ...KEYCLOAK, name: "Bob Ross" }, roles("groups"));
  expect([caller.username, caller.name]).toEqual(["bob", "Bob Ross"]);
});

test("without an administrators' group nobody administers", () => {
  const nobody = { groupsClaim: "groups", adminGroup: "", curatorGroup: "" };
  const caller = callerOf({ sub: "1", groups: [""] }, nobody);
  expect([caller.admin, caller.curator]).toEqual([false, false]);
});
