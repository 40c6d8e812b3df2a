import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { pricingOf } from "@/api/served";
import { useSession } from "@/auth/session";
import { serveUrl } from "@/environment";
import { sessionId } from "../core/identity";
import { Conversation } from "../session/conversation";
import { UNKEPT } from "../session/unkept";
import type { Setup } from "../types";
import { type Column, setupOf } from "./columns";

/** The conversations of all columns; they end with the page. */
export interface Conversations {
  of: (column: Column) => Conversation;
  /** Forget what was said. */
  clear: () => void;
}

export function useConversations(columns: readonly Column[], common: Setup): Conversations {
  const session = useSession();
  const queries = useQueryClient();
  const [open, setOpen] = useState(() => new Map<string, Conversation>());
  const of = (column: Column) => {
    const known = open.get(column.id);
    if (known) return known;
    const gateway = { url: serveUrl(session.environment), token: () => session.token() };
    const pricing = (model: string) => pricingOf(queries, model);
    const services = { sessions: UNKEPT, gateway, outbox: NOWHERE, pricing };
    const made = new Conversation(sessionId(), services);
    made.begin();
    open.set(column.id, made);
    return made;
  };
  useEffect(() => {
    for (const column of columns) open.get(column.id)?.configure(setupOf(common, column));
    const kept = new Set(columns.map((column) => column.id));
    for (const [id, conversation] of open) {
      if (!kept.has(id)) {
        conversation.stop();
        open.delete(id);
      }
    }
  }, [columns, common, open]);
  useEffect(
    () => () => {
      for (const conversation of open.values()) conversation.stop();
    },
    [open],
  );
  return { of, clear: () => setOpen(new Map()) };
}

const NOWHERE = { waiting: () => [], put() {}, drop() {} };
