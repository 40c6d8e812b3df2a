import { gzipSync } from "node:zlib";
import type { Plugin, Rollup } from "vite";

/** What a browser loads before the frame and the sign-in are there, in bytes as they are sent. */
export const MOST_BYTES = 350_000;

type Bundle = Rollup.OutputBundle;

/** Return the names of all files of the first load: the entry, with what it imports. Pages come later. */
export function filesOf(bundle: Bundle): Set<string> {
  const files = new Set<string>();
  const add = (name: string) => {
    const chunk = bundle[name];
    if (chunk?.type !== "chunk" || files.has(name)) return;
    files.add(name);
    for (const style of chunk.viteMetadata?.importedCss ?? []) files.add(style);
    for (const imported of chunk.imports) add(imported);
  };
  for (const one of Object.values(bundle)) {
    if (one.type === "chunk" && one.isEntry) add(one.fileName);
  }
  return files;
}

export function bytesSent(bundle: Bundle): Map<string, number> {
  const size = (name: string) => {
    const file = bundle[name];
    const content = file?.type === "chunk" ? file.code : (file?.source ?? "");
    return gzipSync(content).length;
  };
  return new Map([...filesOf(bundle)].map((name) => [name, size(name)]));
}

/** Ends a build whose first load has grown over what was promised. */
export function firstLoad(): Plugin {
  return {
    name: "first-load",
    apply: "build",
    enforce: "post",
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        const sizes = bytesSent(bundle as Bundle);
        const sum = [...sizes.values()].reduce((all, one) => all + one, 0);
        if (sum <= MOST_BYTES) return;
        const parts = [...sizes].map(([name, bytes]) => `  ${bytes} ${name}`).join("\n");
        this.error(`The first load is ${sum} bytes, more than ${MOST_BYTES}:\n${parts}`);
      },
    },
  };
}
