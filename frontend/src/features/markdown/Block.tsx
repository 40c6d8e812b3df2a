import { memo, useMemo } from "react";
import ReactMarkdown, { type Options } from "react-markdown";
import rehypeSanitize from "rehype-sanitize";
import remarkGfm from "remark-gfm";
import remarkMath, { type Options as MathOptions } from "remark-math";
import { imageOf, linkOf } from "./addresses";
import { isMathOpen } from "./blocks";
import { OpenContext } from "./context";
import { components } from "./elements";
import { useExtra } from "./extras";
import { remarkNesting } from "./limits";
import { withMathMarks } from "./mathMarks";
import { schema } from "./schema";
import { rehypeCitations, rehypeRawAsText } from "./tree";

/** Colouring takes milliseconds per kilobyte: while a block grows it would be done with each word. */
const MOST_COLOURED = 20_000;
const MOST_COLOURED_GROWING = 2_000;
const FENCE_OF_LANGUAGE = /(?:```|~~~)[ \t]*\w/;
const MATH: MathOptions = { singleDollarTextMath: false };
const REMARK: Options["remarkPlugins"] = [remarkGfm, [remarkMath, MATH], remarkNesting];

interface Props {
  raw: string;
  /** Whether more of it is to come. */
  open: boolean;
  /** The citations' numbers, between commas. */
  numbers: string;
}

/** One block of a text: sanitized first, then with formulas, colours and citations of our own making. */
export const Block = memo(function Block({ raw, open, numbers }: Props) {
  const text = useMemo(() => withMathMarks(raw), [raw]);
  const most = open ? MOST_COLOURED_GROWING : MOST_COLOURED;
  const math = useExtra("math", text.includes("$$"));
  const code = useExtra("code", text.length <= most && FENCE_OF_LANGUAGE.test(text));
  const plugins = useMemo<Options["rehypePlugins"]>(() => {
    const cited = numbers ? numbers.split(",").map(Number) : [];
    const ours = [math, code, [rehypeCitations, { numbers: cited }]];
    const all = [rehypeRawAsText, [rehypeSanitize, schema], ...ours];
    return all.filter((plugin) => plugin !== null) as Options["rehypePlugins"];
  }, [math, code, numbers]);
  if (isMathOpen(raw)) return <div className="md-plain">{raw}</div>;
  return (
    <OpenContext.Provider value={open}>
      <ReactMarkdown
        remarkPlugins={REMARK}
        rehypePlugins={plugins}
        components={components}
        urlTransform={allowed}
      >
        {text}
      </ReactMarkdown>
    </OpenContext.Provider>
  );
});

/** Elements look again: which hosts' images are shown is of the text's surroundings. */
function allowed(address: string, key: string): string | null {
  if (key === "href") return linkOf(address)?.href ?? null;
  if (key === "src") return imageOf(address) ?? (address.startsWith("https:") ? address : null);
  return null;
}
