import type { Attachment, Message, Part, Setup } from "../types";
import { picturesOf, textOf } from "./text";

export interface Turn {
  role: Message["role"];
  content: string | Part[];
}

export interface ChatRequest {
  model: string;
  messages: Turn[];
  stream?: boolean;
  stream_options?: { include_usage: true };
  metadata?: Record<string, string>;
  [parameter: string]: unknown;
}

const GO_ON =
  "Your answer above was cut off. Go on exactly where it ends, in the same language and format. " +
  "Repeat nothing, and say nothing about going on.";

/**
 * Return the body of the request that a branch of messages asks for; their pictures are data URLs.
 *
 * A branch that ends with an answer asks for the rest of that answer.
 */
export function requestFor(path: readonly Message[], setup: Setup): ChatRequest {
  const turns = turnsOf(recent(path, setup.historyLength));
  const system: Turn[] = setup.systemPrompt.trim()
    ? [{ role: "system", content: setup.systemPrompt }]
    : [];
  if (turns.at(-1)?.role === "assistant") turns.push({ role: "user", content: GO_ON });
  const metadata = metadataOf(setup);
  return {
    model: setup.model,
    messages: [...system, ...turns],
    stream: true,
    stream_options: { include_usage: true },
    ...parametersOf(setup),
    ...(metadata ? { metadata } : {}),
  };
}

/** Say where the answer belongs: the gateway reads it to its end should this page be closed. */
export function placed(request: ChatRequest, session: string, message: string): ChatRequest {
  return { ...request, metadata: { ...request.metadata, session, message } };
}

/** The last messages: as many as the setup says, and what is asked now. */
function recent(path: readonly Message[], historyLength: number | undefined): readonly Message[] {
  if (historyLength === undefined) return path;
  const kept = path.slice(-(historyLength + 1));
  // Models expect that a person speaks first.
  const first = kept.findIndex((message) => message.role === "user");
  return first < 0 ? path.slice(-1) : kept.slice(first);
}

/** Answers that were continued are one turn; those that never began are none. */
function turnsOf(path: readonly Message[]): Turn[] {
  const turns: Turn[] = [];
  for (const message of path) {
    const before = turns.at(-1);
    const said = contentFor(message);
    if (message.role === "assistant" && !said) continue;
    if (message.role === "assistant" && before?.role === "assistant") {
      before.content = `${before.content}${said}`;
    } else {
      turns.push({ role: message.role, content: said });
    }
  }
  return turns;
}

function contentFor(message: Message): string | Part[] {
  const text = [...(message.attachments ?? []).map(quoted), textOf(message)].join("\n\n");
  const pictures = picturesOf(message).map(
    ({ url }): Part => ({ type: "image_url", image_url: { url } }),
  );
  return pictures.length > 0 ? [{ type: "text", text }, ...pictures] : text;
}

function quoted(attachment: Attachment): string {
  const name = attachment.name.replaceAll('"', "'");
  return `<document name="${name}">\n${attachment.text}\n</document>`;
}

/** What was set; the rest is the model's own. */
function parametersOf(setup: Setup): Record<string, unknown> {
  const stop = setup.parameters.stop?.filter(Boolean);
  const all = { ...setup.parameters, stop: stop?.length ? stop : undefined };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/** OpenAI's metadata are strings. */
function metadataOf(setup: Setup): Record<string, string> | null {
  if (!setup.repository) return null;
  return {
    repository: setup.repository,
    ...(setup.collection ? { collection: setup.collection } : {}),
    ...(setup.passages ? { top_k: String(setup.passages) } : {}),
  };
}
