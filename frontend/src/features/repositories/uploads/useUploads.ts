import { useEffect, useMemo, useSyncExternalStore } from "react";
import { type Destination, UploadQueue } from "./queue";
import { busy, type Transfer } from "./transfers";

export interface Uploads {
  transfers: readonly Transfer[];
  busy: boolean;
  add: (files: readonly File[]) => void;
  /** Try one that failed once more. */
  retry: (id: string) => void;
  /** End one if it is under way, and take it off the list. */
  remove: (id: string) => void;
}

/** By what they are for: whoever comes back to a page finds its files still on their way. */
const queues = new Map<string, UploadQueue>();

/**
 * Send files to a destination, and tell how far each one is.
 *
 * @param key names the destination; files that were added under it go on when the page is left.
 */
export function useUploads(key: string, destination: Destination): Uploads {
  const queue = queueOf(key, destination);
  useEffect(() => {
    queue.destination = destination;
  }, [queue, destination]);
  const transfers = useSyncExternalStore(queue.subscribe, queue.snapshot);
  return useMemo(() => {
    const { add, retry, remove } = queue;
    return { transfers, busy: busy(transfers), add, retry, remove };
  }, [queue, transfers]);
}

function queueOf(key: string, destination: Destination): UploadQueue {
  const queue = queues.get(key) ?? new UploadQueue(destination);
  queues.set(key, queue);
  return queue;
}
