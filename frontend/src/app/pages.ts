import type { ComponentType, LazyExoticComponent } from "react";
import type { Caller } from "@/auth/caller";
import type { Part } from "@/environment";
import type { EnabledComponents, Switch } from "@/features/configuration/types";

export type Section = "Chat" | "Library" | "Administration";

/** One entry of the navigation, with its page, which is loaded when it is first opened. */
export interface Page {
  /** As a router's path, such as `/models`. */
  path: string;
  /** What people read: in the navigation and as the window's title. */
  text: string;
  section: Section;
  /** Where it stands in its section: the lowest first. */
  order: number;
  component: LazyExoticComponent<ComponentType>;
  /** Who sees it; the API decides who may use it. Nobody is left out where it is not said. */
  shown?: (caller: Caller) => boolean;
  /** The parts of the installation without which it is nothing. */
  needs?: Part[];
  /** The switch of the configuration that takes it away from everybody. */
  switch?: Switch;
  /** Paths below it that are not in the navigation, such as `/models/:modelId`. */
  hidden?: boolean;
  /** Uses the whole window below the top bar, and scrolls inside. */
  fills?: boolean;
}

/** Every feature names its pages in its own `pages.ts`. */
const found = import.meta.glob<{ pages: Page[] }>("../features/*/pages.ts", { eager: true });

const PAGES: Page[] = Object.values(found)
  .flatMap((feature) => feature.pages)
  .sort((one, other) => one.order - other.order);

/** The pages that a caller may open with what is installed, whatever is switched off. */
export function pagesFor(caller: Caller, parts: Part[]): Page[] {
  const whole = (page: Page) => page.needs?.every((part) => parts.includes(part)) ?? true;
  return PAGES.filter((page) => whole(page) && (page.shown?.(caller) ?? true));
}

/** Whether a page is there with these switches. */
export function isOn(page: Page, enabled: EnabledComponents): boolean {
  return page.switch === undefined || enabled[page.switch];
}
