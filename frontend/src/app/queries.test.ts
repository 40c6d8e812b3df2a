import { expect, test, vi } from "vitest";
import { ApiError } from "@/api/errors";
import { queryClient } from "./queries";

const refused = new ApiError(401, "UnauthenticatedError", "Sign in again.");

test("signs in once for everything that is refused at once, and asks anew", async () => {
  let token = "old";
  const signInAgain = vi.fn(async () => {
    token = "new";
  });
  const client = queryClient(signInAgain);
  const ask = (key: string) =>
    client
      .fetchQuery({
        queryKey: [key],
        queryFn: async () => {
          if (token === "old") throw refused;
          return key;
        },
      })
      .catch(() => "refused");
  expect(await Promise.all([ask("a"), ask("b")])).toEqual(["refused", "refused"]);
  expect(signInAgain).toHaveBeenCalledTimes(1);
  expect(await ask("a")).toBe("a");
});

test("does not sign in again for a token that is refused though it is new", async () => {
  const signInAgain = vi.fn(async () => {});
  const client = queryClient(signInAgain);
  const ask = () =>
    client.fetchQuery({ queryKey: ["a"], queryFn: () => Promise.reject(refused) }).catch(() => {});
  await ask();
  await ask();
  expect(signInAgain).toHaveBeenCalledTimes(1);
});

test("leaves other errors to the pages", async () => {
  const signInAgain = vi.fn(async () => {});
  const client = queryClient(signInAgain);
  const forbidden = new ApiError(403, "ForbiddenError", "No.");
  await client
    .fetchQuery({ queryKey: ["a"], queryFn: () => Promise.reject(forbidden) })
    .catch(() => {});
  expect(signInAgain).not.toHaveBeenCalled();
});
