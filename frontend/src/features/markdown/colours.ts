import "./colours.css";
import rehypeHighlight, { type Options } from "rehype-highlight";

export const plugin: [typeof rehypeHighlight, Options] = [
  rehypeHighlight,
  { plainText: ["mermaid"] },
];
