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
