/** The shapes of a chat: those of the sessions service and of OpenAI's protocol. */

export type Role = "user" | "assistant" | "system";

/** `streaming` is what a tab wrote last of an answer that it did not see end. */
export type Status = "complete" | "streaming" | "stopped" | "failed";

export type Part =
  | { type: "text"; text: string }
  | { type: "image_url"; image_url: { url: string } };

export interface Usage {
  promptTokens: number;
  completionTokens: number;
  totalTokens: number;
  cachedTokens?: number;
  /** In US dollars, where the provider says it. */
  cost?: number;
}

/** In milliseconds since the request left. */
export interface Timing {
  firstTokenMs: number;
  totalMs: number;
}

/** A passage that an answer had before it, as the gateway tells it. */
export interface Citation {
  type: "url_citation";
  url_citation: { title: string; url: string; start_index: number; end_index: number };
  cited: boolean;
  number: number;
  document_id: string;
  repository: string;
  headings: string[];
  pages: number[] | null;
  score: number;
}

/** A file's text, or a summary of it, that goes with a message of the user. */
export interface Attachment {
  name: string;
  mediaType: string;
  tokens: number;
  text: string;
}

export interface Parameters {
  temperature?: number;
  top_p?: number;
  top_k?: number;
  max_tokens?: number;
  stop?: string[];
  seed?: number;
  frequency_penalty?: number;
  presence_penalty?: number;
  reasoning_effort?: "none" | "minimal" | "low" | "medium" | "high";
}

/** Why an answer is not whole; of a complete one, why it ended before it was (`length`). */
export interface MessageFailure {
  code: string;
  message: string;
  /** In seconds, where the server said when it may be asked again. */
  retryAfter?: number;
}

export interface Message {
  messageId: string;
  parentId: string | null;
  role: Role;
  content: string | Part[];
  status: Status;
  /** ISO 8601, UTC. */
  createdAt: string;
  model?: string;
  reasoning?: string;
  citations?: Citation[];
  error?: MessageFailure;
  usage?: Usage;
  timing?: Timing;
  attachments?: Attachment[];
  parameters?: Parameters;
  /** As the service counts it; none while only this tab knows the message. */
  revision?: number;
}

/** What a conversation is had with; kept as the session's `configuration`. */
export interface Setup {
  model: string;
  systemPrompt: string;
  parameters: Parameters;
  /** How many earlier messages a request carries; all of them, if left out. */
  historyLength?: number;
  repository?: string;
  collection?: string;
  /** How many passages of the repository a request asks for. */
  passages?: number;
}

export interface Summary {
  sessionId: string;
  name: string;
  firstHumanMessage: string;
  startTime: string;
  createTime: string;
  lastUpdated: string;
  messageCount: number;
  totalTokensUsed: number;
  pinned: boolean;
  /** Where a search found its words. */
  snippet?: string;
}

export interface StoredSession extends Summary {
  configuration: Partial<Setup>;
  activeLeaf: string | null;
}
