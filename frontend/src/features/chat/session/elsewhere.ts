/** Which tab receives an answer is told by a lock: the browser frees it with the tab, whatever happens. */
const nameOf = (messageId: string) => `lisa.answer.${messageId}`;

/** Tell other tabs that this one receives an answer, until it has ended. */
export function hold(messageId: string, until: Promise<unknown>): void {
  if (!("locks" in navigator)) return;
  navigator.locks.request(nameOf(messageId), () => until).catch(() => undefined);
}

/** Return whether any tab receives an answer now. */
export async function isHeld(messageId: string): Promise<boolean> {
  if (!("locks" in navigator)) return false;
  const { held = [] } = await navigator.locks.query();
  return held.some((lock) => lock.name === nameOf(messageId));
}
