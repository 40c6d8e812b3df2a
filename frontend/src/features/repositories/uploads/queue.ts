import { sentence } from "@/api/errors";
import type { IngestWish, UploadForm } from "../types";
import { post } from "./post";
import { busy, type Change, changed, type Transfer, unfit } from "./transfers";

export interface Destination {
  /** Ask for the form by which one file is put into the bucket. */
  form: (file: File) => Promise<UploadForm>;
  /** Tell whoever reads it that the file is there; the transfer is done when this is. */
  accept: (key: string, file: File, wish: IngestWish) => Promise<unknown>;
  mostBytes: number;
  /** How files are to be read that are added from now on. */
  wish?: IngestWish;
}

interface Held {
  file: File;
  ending: AbortController;
  wish: IngestWish;
}

const AT_ONCE = 3;

/** Files on their way to one place, a few at a time. It goes on when nobody looks. */
export class UploadQueue {
  private transfers: readonly Transfer[] = [];
  private readonly held = new Map<string, Held>();
  private readonly listeners = new Set<() => void>();

  constructor(public destination: Destination) {}

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  };

  readonly snapshot = () => this.transfers;

  readonly add = (files: readonly File[]) => {
    const added = files.map((file) => {
      const transfer = begun(file, this.destination.mostBytes);
      const { wish = {} } = this.destination;
      this.held.set(transfer.id, { file, ending: new AbortController(), wish });
      return transfer;
    });
    this.change({ type: "added", transfers: added });
  };

  readonly retry = (id: string) => this.change({ type: "phase", id, phase: "waiting" });

  readonly remove = (id: string) => {
    this.held.get(id)?.ending.abort();
    this.held.delete(id);
    this.change({ type: "forgotten", id });
  };

  private change(change: Change) {
    this.transfers = changed(this.transfers, change);
    const keep = busy(this.transfers) ? window.addEventListener : window.removeEventListener;
    keep.call(window, "beforeunload", asked);
    for (const listener of this.listeners) listener();
    this.next();
  }

  private next() {
    const running = this.transfers.filter(
      ({ phase }) => phase === "sending" || phase === "accepting",
    );
    const waiting = this.transfers.find(({ phase }) => phase === "waiting");
    if (waiting && running.length < AT_ONCE) void this.run(waiting.id);
  }

  private async run(id: string) {
    const held = this.held.get(id);
    if (!held) return;
    const { file, ending, wish } = held;
    this.change({ type: "phase", id, phase: "sending" });
    try {
      const form = await this.destination.form(file);
      await post(form, file, (sent) => this.change({ type: "sent", id, sent }), ending.signal);
      this.change({ type: "phase", id, phase: "accepting" });
      await this.destination.accept(form.key, file, wish);
      this.held.delete(id);
      this.change({ type: "phase", id, phase: "done" });
    } catch (error) {
      if (ending.signal.aborted) return;
      this.change({ type: "failed", id, problem: sentence(error) });
    }
  }
}

/** The browser asks whoever closes the window while files are on their way. */
function asked(event: BeforeUnloadEvent) {
  event.preventDefault();
}

function begun({ name, size }: File, mostBytes: number): Transfer {
  const problem = unfit({ size }, mostBytes);
  const fresh = { id: crypto.randomUUID(), name, size, sent: 0 };
  return problem
    ? { ...fresh, phase: "failed", problem, hopeless: true }
    : { ...fresh, phase: "waiting" };
}
