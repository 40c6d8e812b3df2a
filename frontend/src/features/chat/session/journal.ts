import { ApiError } from "@/api/errors";
import type { Revision, SessionChange, Sessions } from "../api";
import { messageId } from "../core/identity";
import type { Message } from "../types";
import type { Album } from "./album";
import type { Unsent } from "./outbox";

export type Saving = "saved" | "saving" | "waiting" | "refused";

export interface JournalEvents {
  /** What the service has counted. */
  revised: (revisions: readonly Revision[]) => void;
  /** Somebody else wrote what this tab was writing: the stored message, and a copy of ours. */
  parted: (stored: Message, copy: Message | null) => void;
  saving: (state: Saving, why?: unknown) => void;
}

type Task = () => Promise<void>;

export const EVERY_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
// What the service counts a message that is new to it as.
const FIRST = 1;

/**
 * Writes a conversation down as it arises, one request at a time and in its order.
 *
 * What fails on its way is sent again until it arrives: the service takes the same message twice
 * for one. How far an answer is goes there every second, and at once when it ends.
 */
export class Journal {
  private readonly tasks: Task[] = [];
  private readonly latest = new Map<string, Message>();
  private readonly revisions = new Map<string, number>();
  private running = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  private readonly sessions: Sessions;
  private readonly outbox: Unsent;
  private readonly album: Pick<Album, "lightened">;

  constructor(
    kept: { sessions: Sessions; outbox: Unsent; album: Pick<Album, "lightened"> },
    private readonly sessionId: string,
    private readonly events: JournalEvents,
  ) {
    [this.sessions, this.outbox, this.album] = [kept.sessions, kept.outbox, kept.album];
  }

  /** Take note of what the service already has. */
  know(messages: readonly Message[]): void {
    for (const { messageId: id, revision } of messages) {
      if (revision !== undefined) this.revisions.set(id, revision);
    }
  }

  append(messages: readonly Message[], leaf: string): void {
    this.outbox.put(this.sessionId, messages);
    this.enqueue(async () => {
      const light = await this.album.lightened(messages);
      this.revised(await this.sessions.append(this.sessionId, light, leaf));
      this.outbox.drop(this.sessionId, messages);
    });
  }

  change(change: SessionChange): void {
    this.enqueue(() => this.sessions.change(this.sessionId, change));
  }

  /** Write down how far an answer is, soon; at once if it has ended. */
  update(message: Message): void {
    this.latest.set(message.messageId, message);
    if (message.status !== "streaming") this.flush();
    else this.timer ??= setTimeout(() => this.flush(), EVERY_MS);
  }

  /** The page is being left: what is not yet written goes out with requests that outlive it. */
  leave(): void {
    for (const message of this.latest.values()) {
      const revision = this.revisions.get(message.messageId) ?? FIRST;
      void this.sessions
        .update(this.sessionId, { ...message, revision }, true)
        .then((saved) => this.revised([saved]))
        .catch(() => undefined);
    }
  }

  private flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.enqueue(async () => {
      for (const message of [...this.latest.values()]) await this.put(message);
    });
  }

  private async put(message: Message): Promise<void> {
    const revision = this.revisions.get(message.messageId);
    // It is not there yet: it is written down first, and its own turn comes after that.
    if (revision === undefined) return;
    try {
      this.revised([await this.sessions.update(this.sessionId, { ...message, revision })]);
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 409)) throw error;
      await this.reconcile(message);
    }
    if (this.latest.get(message.messageId) === message) this.latest.delete(message.messageId);
  }

  /** Write over what this tab wrote itself; keep both where somebody else ended the answer. */
  private async reconcile(message: Message): Promise<void> {
    const all = await this.sessions.messages(this.sessionId);
    const stored = all.find((one) => one.messageId === message.messageId);
    if (!stored) throw new ApiError(404, "MessageNotFoundError", "The message is gone.");
    this.know([stored]);
    if (stored.status === "streaming") {
      const { revision } = stored;
      this.revised([await this.sessions.update(this.sessionId, { ...message, revision })]);
      return;
    }
    const copied = stored.content !== message.content;
    const copy = copied ? { ...message, messageId: messageId(), revision: undefined } : null;
    this.events.parted(stored, copy);
    if (copy) this.append([copy], copy.messageId);
  }

  private revised(revisions: readonly Revision[]): void {
    for (const { messageId: id, revision } of revisions) this.revisions.set(id, revision);
    this.events.revised(revisions);
  }

  private enqueue(task: Task): void {
    this.tasks.push(task);
    if (!this.running) void this.run();
  }

  private async run(): Promise<void> {
    this.running = true;
    this.events.saving("saving");
    let [failures, refusal] = [0, undefined as unknown];
    for (let task = this.tasks[0]; task; task = this.tasks[0]) {
      try {
        await task();
        failures = 0;
        this.tasks.shift();
      } catch (error) {
        if (hopeless(error)) {
          refusal = error;
          this.tasks.shift();
        } else {
          failures += 1;
          this.events.saving("waiting", error);
          await pause(Math.min(LONGEST_PAUSE_MS, EVERY_MS * 2 ** failures));
        }
      }
    }
    this.running = false;
    this.events.saving(refusal ? "refused" : "saved", refusal);
  }
}

/** Whether sending it again would be refused again; a sign-in that has ended is renewed. */
function hopeless(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false;
  return error.status < 500 && ![401, 408, 429].includes(error.status);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
