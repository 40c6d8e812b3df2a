import type { Summary } from "../types";

export interface Group {
  title: string;
  sessions: Summary[];
}

const DAY_MS = 24 * 60 * 60 * 1_000;

/** Return sessions by when something happened in them last, in the order in which they came. */
export function grouped(sessions: readonly Summary[], now: Date): Group[] {
  const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate()).getTime();
  const groups = new Map<string, Summary[]>(TITLES.map((title) => [title, []]));
  for (const session of sessions) groups.get(titleOf(session, midnight))?.push(session);
  return [...groups]
    .filter(([, members]) => members.length > 0)
    .map(([title, members]) => ({ title, sessions: members }));
}

const TITLES = ["Pinned", "Today", "Yesterday", "Last 7 days", "Older"];

function titleOf(session: Summary, midnight: number): string {
  const at = Date.parse(session.lastUpdated);
  if (session.pinned) return "Pinned";
  if (at >= midnight) return "Today";
  if (at >= midnight - DAY_MS) return "Yesterday";
  return at >= midnight - 6 * DAY_MS ? "Last 7 days" : "Older";
}
