import type { Pricing } from "@/api/served";

const DOLLARS = new Intl.NumberFormat("en", {
  style: "currency",
  currency: "USD",
  minimumFractionDigits: 0,
  maximumSignificantDigits: 6,
});
const MILLION = 1_000_000;

/** Return what a million tokens cost, the unit in which providers tell their prices. */
export function priceOf(pricing: Pricing = {}): string {
  const { prompt, completion, input_cache_read: cached } = pricing;
  const parts = [
    prompt && `${dollars(prompt)} in`,
    cached && `${dollars(cached)} in from the cache`,
    // Models that write nothing have no price for it.
    completion && Number(completion) > 0 && `${dollars(completion)} out`,
  ].filter(Boolean);
  return parts.length > 0 ? `${parts.join(", ")} a million tokens` : "Not known";
}

function dollars(price: string): string {
  return DOLLARS.format(Number(price) * MILLION);
}
