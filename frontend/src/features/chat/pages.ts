import { lazy } from "react";
import type { Page } from "@/app/pages";

const component = lazy(() => import("./screen/ChatPage"));

const compare = lazy(() => import("./comparison/ComparePage"));

export const pages: Page[] = [
  { path: "/chat", text: "Chat", section: "Chat", order: 1, component, fills: true },
  {
    path: "/chat/:sessionId",
    text: "Chat",
    section: "Chat",
    order: 100,
    component,
    fills: true,
    hidden: true,
  },
  {
    path: "/compare",
    text: "Compare models",
    section: "Chat",
    order: 2,
    component: compare,
    switch: "enableModelComparisonUtility",
    fills: true,
  },
];
