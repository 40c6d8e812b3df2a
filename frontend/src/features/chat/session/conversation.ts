import { ApiError } from "@/api/errors";
import type { Pricing } from "@/api/served";
import type { Sessions } from "../api";
import { replyTo, userMessage, withModel } from "../core/messages";
import { placed, requestFor } from "../core/request";
import { contentOf, nameFrom, picturesOf, textOf } from "../core/text";
import { changed, merged, neighbour, newestBelow, pathTo, type Tree } from "../core/tree";
import type { Gateway } from "../stream/answer";
import type { Delta } from "../stream/chunk";
import type { Schedule } from "../stream/frames";
import type { Attachment, Message, Setup } from "../types";
import { Album } from "./album";
import { hold } from "./elsewhere";
import { grown, received } from "./hearing";
import { Journal } from "./journal";
import { type Unsent, unarrived } from "./outbox";
import { BLANK, UNSEEN, type View } from "./view";

export interface Services {
  sessions: Sessions;
  gateway: Gateway;
  outbox: Unsent;
  schedule?: Schedule;
  /** Takes out of a setup what may not be asked with now. */
  permitted?: (setup: Setup) => Setup;
  /** What a model costs, where that is known. */
  pricing?: (model: string) => Pricing | undefined;
}

/** One conversation: what is said, streamed, chosen and saved. It goes on while nobody shows it. */
export class Conversation {
  private readonly listeners = new Set<() => void>();
  private readonly journal: Journal;
  readonly album: Album;
  private stopping: AbortController | null = null;
  private seenAt = "";
  private view: View;

  constructor(
    readonly sessionId: string,
    private readonly services: Services,
    setup: Setup = BLANK,
  ) {
    this.view = { ...UNSEEN, setup };
    this.album = new Album(services.sessions, sessionId);
    this.journal = new Journal({ ...services, album: this.album }, sessionId, {
      revised: (all) => {
        for (const { messageId: id, revision } of all) this.replace(id, { revision });
      },
      parted: (stored, copy) => this.parted(stored, copy),
      saving: (saving, error) => this.show({ saving, error }),
    });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): View => this.view;

  /** Whether it is a new one in which nothing was said. */
  get unbegun(): boolean {
    return this.view.state === "ready" && this.view.tree.leaf === null;
  }

  /** It is a new one: there is nothing to read. */
  begin(): void {
    this.show({ state: "ready" });
  }

  /** Read it from the service, with what has not arrived there. */
  async load(): Promise<void> {
    if (this.view.state === "loading") return;
    this.show({ state: "loading", error: undefined });
    try {
      await this.read();
    } catch (error) {
      const missing = error instanceof ApiError && error.status === 404;
      if (!missing) return this.show({ state: "failed", error });
      this.resend();
      if (this.view.tree.leaf === null) return this.show({ state: "missing" });
    }
    this.show({ state: "ready" });
  }

  /** Take over what other tabs have added meanwhile. */
  async refresh(): Promise<void> {
    if (this.view.state !== "ready" || this.view.tree.leaf === null) return;
    await this.read().catch(() => undefined);
  }

  /** Say something, below the branch that is shown, and ask for an answer. */
  send(text: string, images: readonly string[] = [], attachments: Attachment[] = []): void {
    const said = userMessage(this.view.tree.leaf, contentOf(text, images), attachments);
    this.ask(said, said);
  }

  /** Say an earlier message in other words: a new branch beside it. */
  edit(message: Message, text: string): void {
    const content = contentOf(text, picturesOf(message));
    const said = userMessage(message.parentId, content, message.attachments);
    this.ask(said, said);
  }

  /** Ask for another answer beside this one, perhaps of another model. */
  regenerate(message: Message, model?: string): void {
    if (model) this.configure({ model });
    const parent = message.parentId ? this.view.tree.messages[message.parentId] : undefined;
    if (parent) this.ask(parent);
  }

  /** Ask for the rest of an answer that was cut off; it follows as a message of its own. */
  goOn(message: Message): void {
    if (message.status === "streaming") this.settle(message);
    this.ask(message);
  }

  /** End the answer that comes; the model stops, and what came is kept. */
  stop(): void {
    this.stopping?.abort();
  }

  choose(message: Message, step: number): void {
    const leaf = neighbour(this.view.tree, message, step);
    if (!leaf || leaf === this.view.tree.leaf) return;
    this.grow({ ...this.view.tree, leaf });
    this.journal.change({ activeLeaf: leaf });
  }

  configure(fields: Partial<Setup>): void {
    const setup = { ...this.view.setup, ...fields };
    this.show({ setup });
    if (this.view.tree.leaf) this.journal.change({ configuration: setup });
  }

  rename(name: string): void {
    this.show({ name });
  }

  /** The page is being left. */
  leave(): void {
    this.journal.leave();
  }

  /** Add what was said, if anything was, and an answer to it that begins to come. */
  private ask(parent: Message, said?: Message): void {
    if (this.view.live) return;
    const { setup, name } = this.view;
    const first = this.view.tree.leaf === null;
    const reply = replyTo(parent, this.permitted);
    const added = said ? [said, reply] : [reply];
    this.grow({ ...merged(this.view.tree, added), leaf: reply.messageId });
    this.journal.append(added, reply.messageId);
    if (first) {
      const named = name || nameFrom(textOf(parent));
      this.show({ name: named, state: "ready" });
      this.journal.change({ name: named, configuration: setup });
    }
    void this.receive(reply.messageId, pathTo(this.view.tree, parent.messageId));
  }

  private get permitted(): Setup {
    const setup = withModel(this.view.setup, this.view.path);
    return this.services.permitted?.(setup) ?? setup;
  }

  private async receive(id: string, path: readonly Message[]): Promise<void> {
    const stopping = new AbortController();
    this.stopping = stopping;
    this.show({ live: id });
    const setup = this.permitted;
    const request = async () =>
      placed(requestFor(await this.album.inlined(path), setup), this.sessionId, id);
    const show = (delta: Delta) => this.hear(id, delta);
    const ending = received(this.services, request, show, stopping.signal);
    hold(id, ending);
    const end = await ending;
    this.stopping = null;
    this.replace(id, end);
    this.show({ live: null });
    this.write(id);
  }

  private hear(id: string, delta: Delta): void {
    const message = this.view.tree.messages[id];
    if (!message) return;
    const pricing = delta.usage && this.services.pricing?.(message.model ?? "");
    this.replace(id, grown(message, delta, pricing));
    this.write(id);
  }

  private write(id: string): void {
    const message = this.view.tree.messages[id];
    if (message) this.journal.update(message);
  }

  /** An answer that another tab began, or this one before it was closed, comes no further. */
  private settle(message: Message): void {
    this.replace(message.messageId, { status: "stopped" });
    this.write(message.messageId);
  }

  private async read(): Promise<void> {
    const { sessionId, services } = this;
    const session = await services.sessions.get(sessionId);
    if (session.lastUpdated === this.seenAt && !this.awaited) return;
    const messages = await services.sessions.messages(sessionId);
    this.seenAt = session.lastUpdated;
    this.journal.know(messages);
    const tree = merged(this.view.tree, messages, new Set(this.view.live ? [this.view.live] : []));
    const further = this.view.live ? tree.leaf : newestBelow(tree, tree.leaf);
    const leaf = tree.leaf ? further : (session.activeLeaf ?? further);
    const setup = { ...this.view.setup, ...session.configuration };
    this.show({ name: session.name, ...(this.view.tree.leaf ? {} : { setup }) });
    this.grow({ ...tree, leaf });
    this.resend();
  }

  /** Whether an answer comes in another tab, perhaps: nothing but its text changes. */
  private get awaited(): boolean {
    const { path, live } = this.view;
    return path.some((one) => one.status === "streaming" && one.messageId !== live);
  }

  private resend(): void {
    const { tree } = this.view;
    const waiting = unarrived(this.services.outbox, this.sessionId, tree.messages);
    const last = waiting.at(-1);
    if (!last || this.view.live) return;
    this.grow({ ...merged(tree, waiting), leaf: last.messageId });
    this.journal.append(waiting, last.messageId);
  }

  private parted(stored: Message, copy: Message | null): void {
    const { messages } = this.view.tree;
    const tree = { ...this.view.tree, messages: { ...messages, [stored.messageId]: stored } };
    const both = copy ? merged(tree, [copy]) : tree;
    const follows = copy && tree.leaf === stored.messageId;
    this.grow(follows ? { ...both, leaf: copy.messageId } : both);
  }

  private replace(id: string, fields: Partial<Message>): void {
    this.grow(changed(this.view.tree, id, fields));
  }

  private grow(tree: Tree): void {
    this.show({ tree, path: pathTo(tree, tree.leaf) });
  }

  private show(fields: Partial<View>): void {
    this.view = { ...this.view, ...fields };
    for (const listener of this.listeners) listener();
  }
}
