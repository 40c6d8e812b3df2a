import { expect, test } from "vitest";
import { priceOf } from "./price";

test.each([
  [
    { prompt: "0.0000025", completion: "0.00001", input_cache_read: "0.00000125" },
    "$2.5 in, $1.25 in from the cache, $10 out a million tokens",
  ],
  [{ prompt: "0.00000002", completion: "0" }, "$0.02 in a million tokens"],
  [{ prompt: "0", completion: "0" }, "$0 in a million tokens"],
  [{}, "Not known"],
  [undefined, "Not known"],
])("%o is told as %s", (pricing, text) => expect(priceOf(pricing)).toBe(text));
