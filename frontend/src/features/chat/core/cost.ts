import type { Pricing } from "@/api/served";
import type { Usage } from "../types";

/**
 * Return what an answer took with what it costs, in US dollars.
 *
 * What the provider says itself goes first. Tokens that it had cached have a price of their own, or
 * else that of others. Without a price for both prompt and answer nothing is said.
 */
export function priced(usage: Usage, pricing: Pricing | undefined): Usage {
  if (usage.cost !== undefined || !pricing) return usage;
  const { promptTokens, completionTokens, cachedTokens = 0 } = usage;
  const prompt = dollars(pricing.prompt);
  const completion = dollars(pricing.completion);
  if (prompt === undefined || completion === undefined) return usage;
  const cached = dollars(pricing.input_cache_read) ?? prompt;
  const known = Math.min(cachedTokens, promptTokens);
  const cost = (promptTokens - known) * prompt + known * cached + completionTokens * completion;
  return { ...usage, cost: Number(cost.toPrecision(12)) };
}

function dollars(price: string | undefined): number | undefined {
  const found = Number.parseFloat(price ?? "");
  return Number.isFinite(found) && found >= 0 ? found : undefined;
}
