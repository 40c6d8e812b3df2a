import { useEffect, useRef, useState } from "react";

interface Props {
  /** Whether there is anything to send now. */
  ready: boolean;
  /** Why it cannot go yet. */
  why?: string;
  /** Whether that passes by itself within a moment: then it goes when it has. */
  soon: boolean;
  /** Sends it; returns why not. */
  act: () => string | null;
}

interface Sending {
  /** Why something was refused, for people to read. */
  refused: string | null;
  refuse: (why: string | null) => void;
  send: () => void;
}

/** Sends a message when it is asked to, or says why not. */
export function useSending({ ready, why, soon, act }: Props): Sending {
  const [refused, refuse] = useState<string | null>(null);
  const [held, setHeld] = useState(false);
  const send = () => {
    setHeld(ready && why !== undefined && soon);
    if (!ready) return;
    refuse(why ?? act());
  };
  const latest = useRef(send);
  latest.current = send;
  useEffect(() => {
    if (why !== undefined) return;
    if (held) latest.current();
    else refuse(null);
  }, [why, held]);
  return { refused, refuse, send };
}
