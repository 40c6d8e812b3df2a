import { lazy } from "react";
import type { Page } from "@/app/pages";

const needs: Page["needs"] = ["chat", "serve"];

const component = lazy(() => import("./screen/ChatPage"));

const compare = lazy(() => import("./comparison/ComparePage"));

export const pages: Page[] = [
  { path: "/chat", text: "Chat", section: "Chat", order: 1, component, needs, fills: true },
  {
    path: "/chat/:sessionId",
    text: "Chat",
    section: "Chat",
    order: 100,
    component,
    needs,
    fills: true,
    hidden: true,
  },
  {
    path: "/compare",
    text: "Compare models",
    section: "Chat",
    order: 2,
    component: compare,
    needs,
    switch: "enableModelComparisonUtility",
    fills: true,
  },
];
