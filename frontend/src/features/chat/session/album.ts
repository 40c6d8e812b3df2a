import type { Sessions } from "../api";
import { picturesOf } from "../core/text";
import { pictureAt } from "../files/reading";
import type { Message, Picture } from "../types";

// In characters: what is smaller goes with its message, which holds 350 kB with all that it says.
const MOST_INLINE = 8_000;

/**
 * The pictures of one conversation.
 *
 * Small ones are in their messages; others lie beside them, and the service says where for a short
 * while. A model is given all of them whole: it can follow no address.
 */
export class Album {
  private readonly known = new Map<string, Promise<string>>();
  private readonly stored = new Map<string, Promise<Picture>>();

  constructor(
    private readonly sessions: Pick<Sessions, "attach" | "messages">,
    private readonly sessionId: string,
    private readonly read = pictureAt,
  ) {}

  /** Return a picture as a data URL. Throws an AnswerFailed that says why there is none. */
  dataUrl({ url, picture }: Picture): Promise<string> {
    if (!picture) return Promise.resolve(url);
    return once(this.known, picture, () => this.readAt(url, picture));
  }

  /** Return messages in which every picture is a data URL. */
  inlined(messages: readonly Message[]): Promise<Message[]> {
    const whole = async (one: Picture) => ({ url: await this.dataUrl(one) });
    return Promise.all(messages.map((message) => withPictures(message, whole)));
  }

  /** Return messages that can be kept: pictures too large for them are stored first, each once. */
  lightened(messages: readonly Message[]): Promise<Message[]> {
    const keep = async (one: Picture) => (one.picture ? one : this.keep(one.url));
    return Promise.all(
      messages.map((message) => (isHeavy(message) ? withPictures(message, keep) : message)),
    );
  }

  private keep(url: string): Promise<Picture> {
    return once(this.stored, url, async () => {
      const kept = await this.sessions.attach(this.sessionId, url);
      if (kept.picture) this.known.set(kept.picture, Promise.resolve(url));
      return kept;
    });
  }

  /** The address may have ended: then the service is asked for another. */
  private async readAt(url: string, picture: string): Promise<string> {
    try {
      return await this.read(url);
    } catch {
      const messages = await this.sessions.messages(this.sessionId);
      const fresh = messages.flatMap(picturesOf).find((one) => one.picture === picture);
      return this.read(fresh?.url ?? url);
    }
  }
}

async function withPictures(
  message: Message,
  change: (picture: Picture) => Promise<Picture>,
): Promise<Message> {
  const { content } = message;
  if (typeof content === "string") return message;
  const parts = content.map(async (part) =>
    part.type === "image_url" ? { ...part, image_url: await change(part.image_url) } : part,
  );
  return { ...message, content: await Promise.all(parts) };
}

function isHeavy(message: Message): boolean {
  const inline = picturesOf(message).filter((one) => !one.picture);
  return inline.reduce((sum, one) => sum + one.url.length, 0) > MOST_INLINE;
}

/** Do something once for a key; what failed is done again when it is asked for again. */
function once<Result>(
  done: Map<string, Promise<Result>>,
  key: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const known = done.get(key);
  if (known) return known;
  const result = work();
  done.set(key, result);
  result.catch(() => done.delete(key));
  return result;
}
