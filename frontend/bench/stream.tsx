/** What it costs to show 20 kB of an answer in 100 updates, as people see it. */
import "@cloudscape-design/global-styles/index.css";
import "@/features/chat/screen/chat.css";
import { StrictMode } from "react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import type { Sessions } from "@/features/chat/api";
import type { Doing } from "@/features/chat/screen/MessageItem";
import { Messages } from "@/features/chat/screen/Messages";
import { useBottom } from "@/features/chat/screen/useBottom";
import { Conversation } from "@/features/chat/session/conversation";
import { Outbox } from "@/features/chat/session/outbox";
import { useView } from "@/features/chat/session/registry";
import { ANSWER, chunks } from "./answer";

const UPDATES = 100;
const PAUSE_MS = 20;

const nowhere = {
  append: async () => [],
  change: async () => undefined,
  update: async () => ({ messageId: "", revision: 1 }),
} as Partial<Sessions> as Sessions;

const doing: Doing = {
  regenerate() {},
  edit() {},
  goOn() {},
  choose() {},
  open() {},
  picture: async ({ url }) => url,
  refresh() {},
};

function Shown({ conversation }: { conversation: Conversation }) {
  const view = useView(conversation);
  return (
    <div style={{ blockSize: 800, display: "flex", flexDirection: "column" }}>
      <Messages view={view} models={[]} doing={doing} bottom={useBottom()} empty="Nothing" />
    </div>
  );
}

/** Milliseconds of each update: rendering, changing the document, and laying it out. */
async function measured(): Promise<number[]> {
  let due: (() => void) | null = null;
  let send: (data: string) => void = () => undefined;
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      const encoder = new TextEncoder();
      send = (data) => controller.enqueue(encoder.encode(`data: ${data}\n\n`));
    },
  });
  const headers = { "content-type": "text/event-stream" };
  const gateway = {
    url: "",
    token: () => "",
    fetch: async () => new Response(stream, { headers }),
  };
  const schedule = (show: () => void) => {
    due = show;
    return () => undefined;
  };
  const outbox = new Outbox(window.sessionStorage);
  const conversation = new Conversation("bench", { sessions: nowhere, gateway, outbox, schedule });
  const root = document.getElementById("root");
  if (root)
    createRoot(root).render(<StrictMode>{<Shown conversation={conversation} />}</StrictMode>);
  conversation.send("Tell me all.");
  await pause(500);
  await fetch("/begun", { method: "POST" });
  const times: number[] = [];
  for (const content of chunks(ANSWER, UPDATES)) {
    send(JSON.stringify({ choices: [{ index: 0, delta: { content } }] }));
    await pause(PAUSE_MS);
    const began = performance.now();
    flushSync(() => due?.());
    document.body.getBoundingClientRect();
    times.push(performance.now() - began);
    await pause(PAUSE_MS);
  }
  return times;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

const times = await measured();
const shown = document.querySelector("article:last-of-type")?.textContent?.length ?? 0;
await fetch("/result", { method: "POST", body: JSON.stringify({ times, shown }) });
