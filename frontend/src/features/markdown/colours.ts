import "./colours.css";
import rehypeHighlight from "rehype-highlight";

// Made once: it learns some forty languages, and each block would let it do so anew.
const colour = rehypeHighlight({ plainText: ["mermaid"] });

export function plugin(): typeof colour {
  return colour;
}
