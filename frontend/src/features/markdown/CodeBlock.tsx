import Button from "@cloudscape-design/components/button";
import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { type JSX, lazy, type ReactNode, Suspense, useContext, useState } from "react";
import type { ExtraProps } from "react-markdown";
import { download } from "@/app/download";
import { OpenContext } from "./context";
import { fileNameOf } from "./fileName";
import { textOf } from "./tree";

const Diagram = lazy(() => import("./Diagram"));

/** Code with its language and what to do with it; a diagram's code, once all of it is there, is drawn. */
export function CodeBlock({ children, node }: JSX.IntrinsicElements["pre"] & ExtraProps) {
  const open = useContext(OpenContext);
  const code = node?.children[0];
  const text = node ? textOf(node).replace(/\n$/, "") : "";
  const language = code?.type === "element" ? languageOf(code.properties.className) : "text";
  const source = (
    <Source text={text} language={language}>
      {children}
    </Source>
  );
  if (language !== "mermaid" || open) return source;
  return (
    <Suspense fallback={source}>
      <Diagram code={text}>{source}</Diagram>
    </Suspense>
  );
}

interface SourceProps {
  text: string;
  language: string;
  children: ReactNode;
}

function Source({ text, language, children }: SourceProps) {
  const open = useContext(OpenContext);
  const [wrapped, setWrapped] = useState(false);
  return (
    <div className="md-code">
      <div className="md-bar">
        <span>{language}</span>
        {/* Half of it is of no use, and the buttons would render with each word. */}
        {!open && (
          <Tools text={text} language={language} wrapped={wrapped} setWrapped={setWrapped} />
        )}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard. */}
      <section tabIndex={0} aria-label={`Code, ${language}`} className="md-scroll">
        <pre className={wrapped ? "md-wrapped" : undefined}>{children}</pre>
      </section>
    </div>
  );
}

interface ToolsProps {
  text: string;
  language: string;
  wrapped: boolean;
  setWrapped: (wrapped: boolean) => void;
}

function Tools({ text, language, wrapped, setWrapped }: ToolsProps) {
  return (
    <SpaceBetween direction="horizontal" size="xs" alignItems="center">
      <Button
        variant="inline-link"
        ariaLabel={wrapped ? "Do not wrap long lines" : "Wrap long lines"}
        onClick={() => setWrapped(!wrapped)}
      >
        {wrapped ? "Do not wrap" : "Wrap"}
      </Button>
      <Button
        variant="inline-icon"
        iconName="download"
        ariaLabel="Download this code"
        onClick={() => download(fileNameOf(language), text, "text/plain;charset=utf-8")}
      />
      <CopyToClipboard
        variant="icon"
        textToCopy={text}
        copyButtonAriaLabel="Copy this code"
        copySuccessText="Copied"
        copyErrorText="Your browser did not let this page copy."
      />
    </SpaceBetween>
  );
}

function languageOf(classes: unknown): string {
  const names = Array.isArray(classes) ? classes.map(String) : [];
  return names.find((name) => name.startsWith("language-"))?.slice(9, 40) ?? "text";
}
