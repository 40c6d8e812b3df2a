import { expect, test } from "vitest";
import { EnvironmentUnusable, readEnvironment, serveUrl } from "./environment";

const GIVEN = {
  AUTHORITY: "https://idp.example/pool",
  CLIENT_ID: "lisa",
  RESTAPI_URI: "https://serve.example/",
  API_BASE_URL: "https://api.example/v1",
};

test("the mission's names are read, and the rest has defaults", () => {
  const environment = readEnvironment(GIVEN);
  expect(environment.JWT_GROUPS_PROP).toBe("cognito:groups");
  expect(serveUrl(environment)).toBe("https://serve.example/v2/serve");
});

test.each([
  [undefined, "AUTHORITY"],
  [{ ...GIVEN, AUTHORITY: "nowhere" }, "AUTHORITY"],
  [{ ...GIVEN, CLIENT_ID: "" }, "CLIENT_ID"],
  [{ ...GIVEN, CLIENT_ID: 7 }, "CLIENT_ID is no text"],
  [{ ...GIVEN, LOGOUT_URL: "/logout" }, "LOGOUT_URL"],
  [{ ...GIVEN, CUSTOM_SCOPES: "openid" }, "CUSTOM_SCOPES"],
])("%j says what is missing", (given, name) => {
  expect(() => readEnvironment(given)).toThrow(EnvironmentUnusable);
  expect(() => readEnvironment(given)).toThrow(new RegExp(name));
});
