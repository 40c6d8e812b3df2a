import { type Delta, joined } from "./chunk";

/** How the next moment to show something is waited for; the answer ends the waiting. */
export type Schedule = (show: () => void) => () => void;

const UNSEEN_MS = 250;

/** With the next frame, or a little later in a tab that nobody sees, which draws none. */
export const withFrames: Schedule = (show) => {
  const cancel = () => {
    window.clearTimeout(timer);
    window.cancelAnimationFrame(frame);
  };
  const once = () => {
    cancel();
    show();
  };
  const timer = window.setTimeout(once, UNSEEN_MS);
  const frame = window.requestAnimationFrame(once);
  return cancel;
};

/** Gathers what comes, however often, and passes it on once a frame. */
export class Frames {
  private held: Delta | null = null;
  private cancel: (() => void) | null = null;

  constructor(
    private readonly show: (delta: Delta) => void,
    private readonly schedule: Schedule = withFrames,
  ) {}

  readonly push = (delta: Delta): void => {
    this.held = this.held ? joined(this.held, delta) : delta;
    this.cancel ??= this.schedule(() => this.flush());
  };

  /** Pass on at once what is held. */
  flush(): void {
    this.cancel?.();
    this.cancel = null;
    const { held } = this;
    this.held = null;
    if (held) this.show(held);
  }
}
