import type { Citation, Usage } from "../types";

/** What one chunk of an answer adds to it. */
export interface Delta {
  content?: string;
  reasoning?: string;
  citations?: Citation[];
  usage?: Usage;
  finishReason?: string;
}

type Json = Record<string, unknown>;

/** Return what a chunk of OpenAI's stream adds; what it does not know of a chunk, it leaves out. */
export function deltaOf(chunk: unknown): Delta {
  if (!isObject(chunk)) return {};
  const choice = Array.isArray(chunk.choices) ? chunk.choices[0] : undefined;
  const found: Delta = isObject(choice) ? choiceOf(choice) : {};
  const usage = usageOf(chunk.usage);
  return usage ? { ...found, usage } : found;
}

/** Return two additions as one. */
export function joined(one: Delta, other: Delta): Delta {
  const both = one.citations && other.citations && [...one.citations, ...other.citations];
  return {
    content: (one.content ?? "") + (other.content ?? ""),
    reasoning: (one.reasoning ?? "") + (other.reasoning ?? ""),
    // None at all and an empty list differ: documents were searched, and had nothing.
    citations: both ?? one.citations ?? other.citations,
    usage: other.usage ?? one.usage,
    finishReason: other.finishReason ?? one.finishReason,
  };
}

function choiceOf(choice: Json): Delta {
  // A model that does not stream answers with a whole message.
  const said = isObject(choice.delta) ? choice.delta : choice.message;
  const delta = isObject(said) ? said : {};
  // vLLM and LiteLLM say reasoning_content, OpenRouter and newer vLLM reasoning.
  const reasoning = delta.reasoning_content ?? delta.reasoning;
  return {
    ...(typeof delta.content === "string" && delta.content ? { content: delta.content } : {}),
    ...(typeof reasoning === "string" && reasoning ? { reasoning } : {}),
    ...(Array.isArray(delta.annotations) ? { citations: citationsOf(delta.annotations) } : {}),
    ...(typeof choice.finish_reason === "string" ? { finishReason: choice.finish_reason } : {}),
  };
}

function usageOf(usage: unknown): Usage | null {
  if (!isObject(usage)) return null;
  const promptTokens = count(usage.prompt_tokens);
  const completionTokens = count(usage.completion_tokens);
  if (promptTokens === undefined || completionTokens === undefined) return null;
  const details = isObject(usage.prompt_tokens_details) ? usage.prompt_tokens_details : {};
  const [cachedTokens, cost] = [count(details.cached_tokens), count(usage.cost)];
  return {
    promptTokens,
    completionTokens,
    totalTokens: count(usage.total_tokens) ?? promptTokens + completionTokens,
    ...(cachedTokens ? { cachedTokens } : {}),
    ...(cost === undefined ? {} : { cost }),
  };
}

/** Return those of a server's annotations that are citations. */
export function citationsOf(annotations: readonly unknown[]): Citation[] {
  return annotations.filter(isCitation).map(bounded);
}

function isCitation(value: unknown): value is Citation {
  return (
    isObject(value) &&
    typeof value.number === "number" &&
    typeof value.document_id === "string" &&
    typeof value.repository === "string" &&
    isObject(value.url_citation) &&
    typeof value.url_citation.title === "string"
  );
}

/** Lists that a server left out or made something else of are empty. */
function bounded(citation: Citation): Citation {
  const headings = Array.isArray(citation.headings) ? citation.headings.map(String) : [];
  const pages = Array.isArray(citation.pages) ? citation.pages.filter(Number.isInteger) : null;
  return { ...citation, headings, pages };
}

function count(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : undefined;
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
