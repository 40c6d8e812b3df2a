/** Files on their way: what is known of each, and how it changes. Pure. */

export type Phase = "waiting" | "sending" | "accepting" | "done" | "failed";

export interface Transfer {
  id: string;
  name: string;
  /** In bytes. */
  size: number;
  phase: Phase;
  /** How much was sent, 0 to 1. */
  sent: number;
  /** Why it failed, and what to do. */
  problem?: string;
  /** It would fail again. */
  hopeless?: boolean;
}

export type Change =
  | { type: "added"; transfers: Transfer[] }
  | { type: "phase"; id: string; phase: Phase }
  | { type: "sent"; id: string; sent: number }
  | { type: "failed"; id: string; problem: string }
  | { type: "forgotten"; id: string };

export function changed(transfers: readonly Transfer[], change: Change): Transfer[] {
  switch (change.type) {
    case "added":
      return [...transfers, ...change.transfers];
    case "phase":
      return one(transfers, change.id, { phase: change.phase, problem: undefined });
    case "sent":
      return one(transfers, change.id, { sent: change.sent });
    case "failed":
      return one(transfers, change.id, { phase: "failed", problem: change.problem });
    case "forgotten":
      return transfers.filter(({ id }) => id !== change.id);
  }
}

function one(transfers: readonly Transfer[], id: string, news: Partial<Transfer>): Transfer[] {
  return transfers.map((transfer) => (transfer.id === id ? { ...transfer, ...news } : transfer));
}

export function busy(transfers: readonly Transfer[]): boolean {
  return transfers.some(({ phase }) => phase !== "done" && phase !== "failed");
}

/** Why a file cannot be sent at all, or undefined. Nobody should wait for a refusal. */
export function unfit(file: { size: number }, mostBytes: number): string | undefined {
  if (file.size === 0) return "The file is empty. Choose one that has a content.";
  if (file.size > mostBytes) {
    const most = Math.floor(mostBytes / 1024 / 1024);
    return `The file is larger than ${most} MB. Split it, and upload the parts.`;
  }
  return undefined;
}
