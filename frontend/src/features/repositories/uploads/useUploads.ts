import { useCallback, useEffect, useMemo, useReducer, useRef } from "react";
import { sentence } from "@/api/errors";
import type { UploadForm } from "../types";
import { post } from "./post";
import { busy, changed, type Transfer, unfit } from "./transfers";

export interface Destination {
  /** Ask for the form by which one file is put into the bucket. */
  form: (file: File) => Promise<UploadForm>;
  /** Tell whoever reads it that the file is there; the transfer is done when this is. */
  accept: (key: string, file: File) => Promise<unknown>;
  mostBytes: number;
}

export interface Uploads {
  transfers: readonly Transfer[];
  busy: boolean;
  add: (files: readonly File[]) => void;
  /** Try one that failed once more. */
  retry: (id: string) => void;
  /** End one if it is under way, and take it off the list. */
  remove: (id: string) => void;
}

const AT_ONCE = 3;

/** Send files to a destination, a few at a time, and tell how far each one is. */
export function useUploads(destination: Destination): Uploads {
  const [transfers, dispatch] = useReducer(changed, []);
  const files = useRef(new Map<string, { file: File; ending: AbortController }>());
  const where = useRef(destination);
  where.current = destination;

  const run = useCallback(async (id: string) => {
    const held = files.current.get(id);
    if (!held) return;
    const { file, ending } = held;
    const { form: ask, accept } = where.current;
    dispatch({ type: "phase", id, phase: "sending" });
    try {
      const form = await ask(file);
      await post(form, file, (sent) => dispatch({ type: "sent", id, sent }), ending.signal);
      dispatch({ type: "phase", id, phase: "accepting" });
      await accept(form.key, file);
      dispatch({ type: "phase", id, phase: "done" });
    } catch (error) {
      if (!ending.signal.aborted) dispatch({ type: "failed", id, problem: sentence(error) });
    }
  }, []);

  useEffect(() => {
    const under = transfers.filter(({ phase }) => phase === "sending" || phase === "accepting");
    const next = transfers.filter(({ phase }) => phase === "waiting");
    for (const { id } of next.slice(0, Math.max(0, AT_ONCE - under.length))) void run(id);
  }, [transfers, run]);

  useEffect(() => {
    const held = files.current;
    return () => {
      for (const { ending } of held.values()) ending.abort();
    };
  }, []);

  const add = useCallback((chosen: readonly File[]) => {
    const { mostBytes } = where.current;
    const added = chosen.map((file) => begun(file, mostBytes));
    added.forEach(({ id }, at) => {
      const file = chosen[at];
      if (file) files.current.set(id, { file, ending: new AbortController() });
    });
    dispatch({ type: "added", transfers: added });
  }, []);
  const retry = useCallback((id: string) => dispatch({ type: "phase", id, phase: "waiting" }), []);
  const remove = useCallback((id: string) => {
    files.current.get(id)?.ending.abort();
    files.current.delete(id);
    dispatch({ type: "forgotten", id });
  }, []);

  return useMemo(
    () => ({ transfers, busy: busy(transfers), add, retry, remove }),
    [transfers, add, retry, remove],
  );
}

function begun({ name, size }: File, mostBytes: number): Transfer {
  const problem = unfit({ size }, mostBytes);
  const fresh = { id: crypto.randomUUID(), name, size, sent: 0 };
  return problem
    ? { ...fresh, phase: "failed", problem, hopeless: true }
    : { ...fresh, phase: "waiting" };
}
