/** Return what is lost with all conversations; `count` is null where not all are known. */
export function lossOf(count: number | null): string {
  const kept = "This cannot be undone. To keep a copy of one, export it first.";
  if (count === 1) return `Your only chat goes with all its branches. ${kept}`;
  const all = count === null ? "All your chats, older ones too," : `All your ${count} chats`;
  return `${all} go with all their branches. ${kept}`;
}
