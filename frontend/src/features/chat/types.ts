/** The shapes of a chat: those of the sessions service and of OpenAI's protocol. */
import type { components } from "@/api/schema";

type Schemas = components["schemas"];

/** Without nulls: here what is not known is left out. */
export type Told<Shape> = { [Name in keyof Shape]: Exclude<Shape[Name], null> };

type Stored = Schemas["MessageView"];

export type Part = Schemas["TextPartView"] | Schemas["PicturePartView"];

/** A picture: a data URL or, of one that lies beside its message, an address that ends in minutes. */
export type Picture = Schemas["PictureView"];

/** In tokens; `cost` is in US dollars, as the provider says or as it is reckoned from its prices. */
export type Usage = Told<Schemas["UsageView"]>;

/** In milliseconds since the request left. */
export type Timing = Required<Told<Schemas["TimingView"]>>;

/** A passage that an answer had before it, as the gateway tells it; to the service it is any JSON. */
export type Citation = {
  type: "url_citation";
  url_citation: { title: string; url: string; start_index: number; end_index: number };
  cited: boolean;
  number: number;
  document_id: string;
  repository: string;
  headings: string[];
  pages: number[] | null;
  score: number;
};

/** A file's text, or a summary of it, that goes with a message of the user. */
export type Attachment = Schemas["AttachedText"];

/** What an answer was asked with beside its messages; to the service it is any JSON. */
export type Parameters = {
  temperature?: number;
  top_p?: number;
  top_k?: number;
  max_tokens?: number;
  stop?: string[];
  seed?: number;
  frequency_penalty?: number;
  presence_penalty?: number;
  reasoning_effort?: "none" | "minimal" | "low" | "medium" | "high";
};

/** Why an answer is not whole; of a complete one, why it ended before it was (`length`). */
export type MessageFailure = Schemas["MessageFailure"] & {
  /** In seconds, where the server said when it may be asked again. */
  retryAfter?: number;
};

/**
 * As the service has it, and narrowed where it keeps any JSON. Its status is `streaming` where a tab
 * did not see an answer end; `createdAt` is ISO 8601, UTC.
 */
export type Message = Pick<
  Stored,
  "messageId" | "parentId" | "role" | "content" | "status" | "createdAt"
> &
  Told<Pick<Stored, "model" | "reasoning" | "attachments">> & {
    citations?: Citation[];
    error?: MessageFailure;
    usage?: Usage;
    timing?: Timing;
    parameters?: Parameters;
    /** As the service counts it; none while only this tab knows the message. */
    revision?: number;
  };

/** What a conversation is had with; kept as the session's `configuration`, which may be any JSON. */
export type Setup = {
  model: string;
  systemPrompt: string;
  parameters: Parameters;
  /** How many earlier messages a request carries; all of them, if left out. */
  historyLength?: number;
  repository?: string;
  collection?: string;
  /** How many passages of the repository a request asks for. */
  passages?: number;
};

/** A conversation in a list; one that nobody named is called by its first words. */
export type Summary = Omit<Schemas["SessionSummaryView"], "name"> & { name: string };

export type StoredSession = Summary &
  Pick<Schemas["SessionView"], "activeLeaf"> & { configuration: Partial<Setup> };
