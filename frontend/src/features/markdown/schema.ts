import type { Options } from "rehype-sanitize";

const HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"];
const TABLES = ["table", "thead", "tbody", "tr", "th", "td"];
const LISTS = ["ul", "ol", "li", "input"];
const INLINE = ["a", "br", "code", "del", "em", "img", "strong", "sup"];

/**
 * The elements that Markdown itself makes, and of their attributes those that we read. Ids and names are not
 * among them: a text may name nothing, neither for scripts nor for labels.
 */
export const schema: Options = {
  tagNames: [
    ...HEADINGS,
    ...TABLES,
    ...LISTS,
    ...INLINE,
    "blockquote",
    "hr",
    "p",
    "pre",
    "section",
  ],
  attributes: {
    a: ["href"],
    code: [["className", /^language-./, "math-inline", "math-display"]],
    img: ["src", "alt"],
    input: [["type", "checkbox"], "checked"],
    ol: ["start"],
    td: ["align"],
    th: ["align"],
  },
  protocols: { href: ["http", "https", "mailto"], src: ["https", "data", "blob"] },
};
