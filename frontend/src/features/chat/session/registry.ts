import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import { apiOf } from "@/api/client";
import { type Pricing, pricingOf } from "@/api/served";
import { type Session, useSession } from "@/auth/session";
import { serveUrl } from "@/environment";
import { DEFAULTS } from "@/features/configuration/defaults";
import { sessionsOf } from "../api";
import { permitted } from "../core/allowed";
import { sessionId } from "../core/identity";
import type { Setup } from "../types";
import { Conversation } from "./conversation";
import { Outbox } from "./outbox";
import type { View } from "./view";

const MOST = 20;

/** The conversations of this page that are open; they go on while another one is shown. */
export class Registry {
  private readonly open = new Map<string, Conversation>();
  readonly sessions = sessionsOf(() => apiOf(this.session));

  /** What administrators let people do; a page that reads it says so. */
  enabled = DEFAULTS.enabledComponents;

  constructor(
    public session: Session,
    private readonly pricing: (model: string) => Pricing | undefined,
  ) {
    window.addEventListener("pagehide", () => {
      for (const conversation of this.open.values()) conversation.leave();
    });
  }

  /** The conversation of an id, whether or not there is one. */
  of(id: string): Conversation {
    const known = this.open.get(id);
    if (known) return known;
    const gateway = {
      url: serveUrl(this.session.environment),
      token: () => this.session.token(),
    };
    const services = {
      sessions: this.sessions,
      gateway,
      outbox: new Outbox(window.sessionStorage),
      permitted: (setup: Setup) => permitted(setup, this.enabled),
      pricing: this.pricing,
    };
    const conversation = new Conversation(id, services);
    this.open.set(id, conversation);
    this.forget();
    return conversation;
  }

  /** The conversation in which nothing was said yet. */
  fresh(): Conversation {
    const unbegun = [...this.open.values()].find((one) => one.unbegun);
    return unbegun ?? this.made();
  }

  private made(): Conversation {
    const conversation = this.of(sessionId());
    conversation.begin();
    return conversation;
  }

  drop(id: string): void {
    this.open.get(id)?.stop();
    this.open.delete(id);
  }

  /** All in which something was said. */
  dropAll(): void {
    for (const [id, conversation] of [...this.open]) if (!conversation.unbegun) this.drop(id);
  }

  /** The oldest that nothing happens in. */
  private forget(): void {
    if (this.open.size <= MOST) return;
    for (const [id, conversation] of this.open) {
      const { live, saving } = conversation.snapshot();
      if (!live && saving === "saved") {
        this.open.delete(id);
        return;
      }
    }
  }
}

// One for each running application: a test's, too.
const registries = new WeakMap<QueryClient, Registry>();

export function useRegistry(): Registry {
  const session = useSession();
  const queries = useQueryClient();
  const known = registries.get(queries);
  const registry = known ?? new Registry(session, (model) => pricingOf(queries, model));
  if (!known) registries.set(queries, registry);
  useEffect(() => {
    registry.session = session;
  }, [registry, session]);
  return registry;
}

export function useView(conversation: Conversation): View {
  return useSyncExternalStore(conversation.subscribe, conversation.snapshot);
}
