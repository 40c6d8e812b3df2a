import "@cloudscape-design/global-styles/index.css";
import Alert from "@cloudscape-design/components/alert";
import Container from "@cloudscape-design/components/container";
import FileTokenGroup from "@cloudscape-design/components/file-token-group";
import Flashbar from "@cloudscape-design/components/flashbar";
import Header from "@cloudscape-design/components/header";
import { useEffect, useMemo, useState } from "react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { chooseTheme } from "@/app/theme";
import { Markdown } from "@/features/markdown/Markdown";
import { PAYLOADS } from "@/features/markdown/payloads";
import { SAMPLE } from "./sample";

/** What tests call: each shows something and returns nothing but what it measured. */
interface Driver {
  count: number;
  /** Show a hostile text wherever texts of others are shown. */
  showPayload: (place: number) => void;
  showSample: (dark: boolean) => void;
  /** Show an answer as it grows, and return each update's milliseconds until it is rendered and laid out. */
  stream: (characters: number, updates: number) => Promise<number[]>;
}

declare global {
  interface Window {
    driver: Driver;
    ran: () => void;
    runs: number;
  }
}

interface Shown {
  text: string;
  hostile: boolean;
  streaming: boolean;
}

/** Time for what loads meanwhile, and for the window's own work. */
const BETWEEN_MS = 30;

window.runs = 0;
window.ran = () => {
  window.runs += 1;
};

function Page() {
  const [shown, setShown] = useState<Shown>({ text: "", hostile: false, streaming: false });
  const [opened, setOpened] = useState(0);
  useEffect(() => {
    window.driver = driverOf(setShown);
  }, []);
  const { text, hostile, streaming } = shown;
  const title = hostile ? text : "handbook.pdf, page 3";
  const citations = useMemo(() => [{ number: 1, title }], [title]);
  return (
    <main>
      <Header variant="h1">Texts of anybody</Header>
      {hostile && <Places text={text.slice(0, 2_000)} />}
      <Container header={<Header variant="h2">An answer</Header>}>
        <Markdown
          key={hostile ? text : "sample"}
          text={text}
          streaming={streaming}
          citations={citations}
          onCitation={setOpened}
        />
      </Container>
      <p id="alive">Source {opened}</p>
    </main>
  );
}

/** Banner, title, file name and citation: all of them other people's words. */
function Places({ text }: { text: string }) {
  return (
    <>
      <Flashbar items={[{ type: "info", header: text, content: text, id: "banner" }]} />
      <Alert header={text}>{text}</Alert>
      <Header variant="h2" description={text}>
        {text}
      </Header>
      <FileTokenGroup
        items={[{ file: new File(["x"], text) }]}
        onDismiss={() => {}}
        i18nStrings={{ removeFileAriaLabel: () => "Remove file" }}
      />
      <Markdown text="As [1] has it." citations={[{ number: 1, title: text }]} />
    </>
  );
}

function driverOf(show: (shown: Shown) => void): Driver {
  return {
    count: PAYLOADS.length,
    showPayload: (place) =>
      show({ text: PAYLOADS[place]?.text ?? "", hostile: true, streaming: false }),
    showSample: (dark) => {
      chooseTheme(dark ? "dark" : "light");
      show({ text: SAMPLE, hostile: false, streaming: false });
    },
    stream: async (characters, updates) => {
      const answer = SAMPLE.repeat(Math.ceil(characters / SAMPLE.length)).slice(0, characters);
      const costs: number[] = [];
      for (let update = 1; update <= updates; update += 1) {
        const text = answer.slice(0, Math.round((characters * update) / updates));
        const began = performance.now();
        flushSync(() => show({ text, hostile: false, streaming: update < updates }));
        document.body.getBoundingClientRect();
        costs.push(performance.now() - began);
        await new Promise((next) => setTimeout(next, BETWEEN_MS));
      }
      return costs;
    },
  };
}

const root = document.getElementById("root");
if (root) createRoot(root).render(<Page />);
