const SUFFIXES: Record<string, string> = {
  bash: "sh",
  "c++": "cpp",
  csharp: "cs",
  dockerfile: "Dockerfile",
  javascript: "js",
  kotlin: "kt",
  markdown: "md",
  python: "py",
  ruby: "rb",
  rust: "rs",
  shell: "sh",
  text: "txt",
  typescript: "ts",
};

/** Return the name under which code of a language is kept. */
export function fileNameOf(language: string): string {
  const suffix = SUFFIXES[language] ?? language.replace(/[^a-z0-9]/gi, "").slice(0, 12);
  return `code.${suffix || "txt"}`;
}

/** Let the browser keep a text as a file. */
export function save(text: string, name: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  const link = Object.assign(document.createElement("a"), { href: address, download: name });
  link.click();
  // The browser reads it after this turn.
  window.setTimeout(() => URL.revokeObjectURL(address), 1_000);
}
