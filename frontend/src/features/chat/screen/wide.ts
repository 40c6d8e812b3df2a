/** In a narrower window panels lie above the conversation: as in chat.css. */
export const WIDE_PX = 1_000;

/** Whether people point with a finger: then a keyboard that nobody asked for takes half of the screen. */
export function touched(): boolean {
  return window.matchMedia("(pointer: coarse)").matches;
}
