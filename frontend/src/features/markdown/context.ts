import { createContext } from "react";
import type { Citation } from "./types";

/** What the elements of one text need, apart from their own content: it changes without rendering blocks anew. */
export interface Surroundings {
  citations: readonly Citation[];
  onCitation?: (number: number) => void;
  imageHosts: readonly string[];
}

export const SurroundingsContext = createContext<Surroundings>({ citations: [], imageHosts: [] });

/** Whether the block around has not come to its end. */
export const OpenContext = createContext(false);
