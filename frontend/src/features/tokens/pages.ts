import { lazy } from "react";
import type { Page } from "@/app/pages";

export const pages: Page[] = [
  {
    path: "/tokens",
    text: "API tokens",
    section: "Library",
    order: 40,
    component: lazy(() => import("./TokensPage")),
  },
];
