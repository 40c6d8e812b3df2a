import type { JSX } from "react";
import { useContext } from "react";
import type { Components, ExtraProps } from "react-markdown";
import { imageOf, linkOf } from "./addresses";
import { CodeBlock } from "./CodeBlock";
import { SurroundingsContext } from "./context";
import { TableBlock } from "./TableBlock";

type Props<Tag extends keyof JSX.IntrinsicElements> = JSX.IntrinsicElements[Tag] & ExtraProps;

/** A link shows where it leads, unless its text is that very address; without an address it is its text. */
function SafeLink({ href, children, node }: Props<"a">) {
  const target = linkOf(href);
  if (!target) return <span>{children}</span>;
  const [first] = node?.children ?? [];
  const itself = first?.type === "text" && linkOf(first.value)?.host === target.host;
  return (
    <>
      <a href={target.href} title={target.href} target="_blank" rel="noopener noreferrer nofollow">
        {children}
      </a>
      {!itself && <span className="md-host"> ({target.host})</span>}
    </>
  );
}

function SafeImage({ src, alt }: Props<"img">) {
  const { imageHosts } = useContext(SurroundingsContext);
  const address = imageOf(typeof src === "string" ? src : undefined, imageHosts);
  if (!address)
    return <span className="md-blocked">[external image blocked]{alt && ` ${alt}`}</span>;
  return <img className="md-image" src={address} alt={alt ?? ""} referrerPolicy="no-referrer" />;
}

/** The only buttons in a text: those that the citations' plugin puts there. */
function CitationButton({ value }: Props<"button">) {
  const { citations, onCitation } = useContext(SurroundingsContext);
  const number = Number(value);
  const title = citations.find((citation) => citation.number === number)?.title ?? "";
  return (
    <button
      type="button"
      className="md-citation"
      title={title}
      aria-label={`Source ${number}: ${title}`}
      onClick={() => onCitation?.(number)}
    >
      {number}
    </button>
  );
}

function Task({ checked }: Props<"input">) {
  const label = checked ? "Done" : "Not done";
  return (
    <span role="img" aria-label={label}>
      {checked ? "☑" : "☐"}
    </span>
  );
}

/** Texts skip levels of headings, which a page must not: they look different and are of one level. */
function Heading({ children, node }: Props<"h1">) {
  return <h3 className={`md-h md-${node?.tagName}`}>{children}</h3>;
}

export const components: Components = {
  a: SafeLink,
  img: SafeImage,
  button: CitationButton,
  input: Task,
  pre: CodeBlock,
  table: TableBlock,
  h1: Heading,
  h2: Heading,
  h3: Heading,
  h4: Heading,
  h5: Heading,
  h6: Heading,
};
