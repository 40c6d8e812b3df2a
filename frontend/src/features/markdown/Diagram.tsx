import Box from "@cloudscape-design/components/box";
import { type ReactNode, useEffect, useState } from "react";
import { type Theme, useTheme } from "@/app/theme";
import { diagramCodeOf } from "./diagramCode";

interface Props {
  /** In mermaid's language. */
  code: string;
  /** The code as code: shown until it is drawn, and if it cannot be. */
  children: ReactNode;
}

type Drawn = { address: string } | { failed: string } | null;

/** A diagram as an image, in which nothing runs and which asks for nothing. */
export default function Diagram({ code, children }: Props) {
  const drawn = useDrawn(code, useTheme());
  if (drawn && "address" in drawn) {
    return (
      <details className="md-diagram" open>
        <summary>Diagram</summary>
        <img src={drawn.address} alt="Diagram; its code follows" />
        <details>
          <summary>Its code</summary>
          {children}
        </details>
      </details>
    );
  }
  return (
    <>
      {children}
      {drawn && (
        <Box color="text-body-secondary" fontSize="body-s">
          {drawn.failed}
        </Box>
      )}
    </>
  );
}

function useDrawn(source: string, theme: Theme): Drawn {
  const [drawn, setDrawn] = useState<Drawn>(null);
  useEffect(() => {
    let address = "";
    let wanted = true;
    const show = (svg: string) => {
      if (!wanted) return;
      address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
      setDrawn({ address });
    };
    const fail = () =>
      wanted && setDrawn({ failed: "This diagram could not be drawn from its code." });
    const given = diagramCodeOf(source);
    if ("refused" in given) setDrawn({ failed: given.refused });
    else draw(given.code, theme).then(show, fail);
    return () => {
      wanted = false;
      if (address) URL.revokeObjectURL(address);
    };
  }, [source, theme]);
  return drawn;
}

let count = 0;

async function draw(code: string, theme: Theme): Promise<string> {
  const { default: mermaid } = await import("mermaid");
  mermaid.initialize({
    startOnLoad: false,
    securityLevel: "strict",
    htmlLabels: false,
    flowchart: { htmlLabels: false },
    suppressErrorRendering: true,
    maxTextSize: 20_000,
    theme: theme === "dark" ? "dark" : "default",
  });
  count += 1;
  return (await mermaid.render(`md-diagram-${count}`, code)).svg;
}
