/** Return the title of the browser's tab. */
export function titleOf(what?: string): string {
  return what ? `${what} · LISA` : "LISA";
}
