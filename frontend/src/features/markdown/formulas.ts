import "katex/dist/katex.min.css";
import rehypeKatex, { type Options } from "rehype-katex";

// A formula may neither grow over the page nor load or link anything.
const OPTIONS: Options = {
  trust: false,
  strict: "ignore",
  maxSize: 20,
  maxExpand: 300,
  errorColor: "inherit",
};

export const plugin: [typeof rehypeKatex, Options] = [rehypeKatex, OPTIONS];
