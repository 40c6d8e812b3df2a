import { useState } from "react";
import { useApi } from "@/api/client";
import { sentence } from "@/api/errors";
import { useConfiguration } from "@/features/configuration/useConfiguration";
import type { Attachment } from "../types";
import { MOST_BYTES, type ReadFile, readFile, summarise } from "./files";
import { dataUrlOf } from "./image";

/** A file that is to go with the next message. */
export interface Item {
  id: string;
  file: File;
  state: "busy" | "ready" | "failed";
  /** What is being done, or what is amiss, in words. */
  note?: string;
  image?: string;
  read?: ReadFile;
  summary?: string;
}

export interface Attachments {
  items: Item[];
  add: (files: readonly File[]) => void;
  remove: (id: string) => void;
  summarise: (item: Item) => void;
  clear: () => void;
}

const controllers = new WeakMap<File, AbortController>();

/** The files of a message that is being written: they are read at once, for the model it goes to. */
export function useAttachments(model: string): Attachments {
  const api = useApi();
  const { documentSummarization } = useConfiguration().enabledComponents;
  const [items, setItems] = useState<Item[]>([]);
  const change = (id: string, fields: Partial<Item>) =>
    setItems((now) => now.map((item) => (item.id === id ? { ...item, ...fields } : item)));

  const work = async (item: Item, doing: (signal: AbortSignal) => Promise<Partial<Item>>) => {
    const controller = new AbortController();
    controllers.set(item.file, controller);
    try {
      const done = await doing(controller.signal);
      change(item.id, { state: "ready", note: undefined, ...done });
    } catch (error) {
      if (!controller.signal.aborted) change(item.id, { state: "failed", note: sentence(error) });
    }
  };

  const begin = (item: Item) =>
    work(item, async (signal) => {
      if (item.file.size > MOST_BYTES)
        throw new Error("It has more than 20 MB. Take a part of it.");
      if (item.file.type.startsWith("image/")) return { image: await dataUrlOf(item.file) };
      const told = (share: number) => change(item.id, { note: uploading(share) });
      const read = await readFile(api, item.file, model, told, signal);
      return { read, note: remark(read, documentSummarization) };
    });

  const shorten = (item: Item) => {
    const { read } = item;
    if (!read) return;
    change(item.id, { state: "busy", note: "Being summarised…" });
    const told = (share: number) =>
      change(item.id, { note: `Being summarised: ${Math.round(share * 100)} %` });
    void work(item, async (signal) => {
      const summary = await summarise(api, read.key, model, told, signal);
      return { summary, note: "The summary goes with the message." };
    });
  };

  const add = (files: readonly File[]) => {
    const added = files.map((file): Item => {
      return { id: crypto.randomUUID(), file, state: "busy", note: "Being read…" };
    });
    setItems((now) => [...now, ...added]);
    for (const item of added) void begin(item);
  };

  const remove = (id: string) => {
    const gone = items.find((item) => item.id === id);
    if (gone) controllers.get(gone.file)?.abort();
    setItems((now) => now.filter((item) => item.id !== id));
  };

  return { items, add, remove, summarise: shorten, clear: () => setItems([]) };
}

/** Return what goes with a message: texts of files, and pictures as data URLs. */
export function attached(items: readonly Item[]): { files: Attachment[]; images: string[] } {
  const ready = items.filter((item) => item.state === "ready");
  return {
    images: ready.flatMap((item) => (item.image ? [item.image] : [])),
    files: ready.flatMap(({ read, summary }) => (read ? [attachmentOf(read, summary)] : [])),
  };
}

function attachmentOf(read: ReadFile, summary: string | undefined): Attachment {
  const { name, mediaType } = read;
  if (summary === undefined) return { name, mediaType, tokens: read.tokens, text: read.text };
  return {
    name: `Summary of ${name}`,
    mediaType,
    tokens: Math.ceil(summary.length / 4),
    text: summary,
  };
}

function uploading(share: number): string {
  return share < 1 ? `Being uploaded: ${Math.round(share * 100)} %` : "Being read…";
}

function remark(read: ReadFile, summaries: boolean): string | undefined {
  if (read.fits === false) {
    return `It is too long for this model. ${summaries ? "Summarise it, or remove it." : "Remove it, or take a part of it."}`;
  }
  if (read.truncated) {
    return `Only its first million characters are taken.${summaries ? " Summarise it instead." : ""}`;
  }
  return read.warnings[0];
}
