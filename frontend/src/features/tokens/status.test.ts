import { expect, test } from "vitest";
import { example, kindOf, statusOf } from "./status";
import { token } from "./testing";

test.each([
  [null, "Good"],
  [1000 + 8 * 86_400, "Good"],
  [1000 + 86_400, "Ends soon"],
  [1000, "Ended"],
])("a token until %s is %s", (tokenExpiration, status) => {
  expect(statusOf(token({ tokenExpiration }), 1000)).toBe(status);
});

test("the server's word counts where clocks differ", () => {
  expect(statusOf(token({ tokenExpiration: 2000, isExpired: true }), 1000)).toBe("Ended");
});

test("kinds are told apart", () => {
  const kinds = [token({}), token({ isSystemToken: true }), token({ isLegacy: true })].map(kindOf);
  expect(kinds).toEqual(["Personal", "System", "Put by hand"]);
});

test("the example names where the models are, and no token", () => {
  const text = example("https://serve.example/v2/serve", "tiny-chat");
  expect(text).toContain('base_url="https://serve.example/v2/serve"');
  expect(text).toContain('model="tiny-chat"');
  expect(text).toContain('os.environ["LISA_TOKEN"]');
});
