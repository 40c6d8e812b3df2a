/** A diagram of more code than this takes a browser seconds. */
const CHARACTERS = 20_000;
const FRONT_MATTER = /^\s*---[ \t]*\n[\s\S]*?\n---[ \t]*(?:\n|$)/;
const DIRECTIVE = /%%\{[\s\S]*?\}%%/g;
// Where a diagram names something to load: its drawing does so even in mermaid's strict mode.
const LOADS = /\burl\s*\(|\bimage-set\s*\(|@import|\\[0-9a-f]{1,6}/i;
const IMAGE = /\b(?:img|image)\b|\\/i;

export type DiagramCode = { code: string } | { refused: string };

/**
 * Return a diagram's code without its settings, which are for whoever wrote the page, or why it is not drawn.
 */
export function diagramCodeOf(source: string): DiagramCode {
  if (source.length > CHARACTERS) return { refused: "This diagram is too large to be drawn." };
  let code = source;
  for (let before = ""; before !== code; ) {
    before = code;
    code = code.replace(FRONT_MATTER, "").replace(DIRECTIVE, "");
  }
  // What is left open would reach mermaid as a setting, or hide one.
  if (code.includes("%%{")) return { refused: "This diagram has settings that do not end." };
  if (LOADS.test(code) || (code.includes("@{") && IMAGE.test(code)))
    return { refused: "This diagram asks for something from elsewhere." };
  return { code };
}
