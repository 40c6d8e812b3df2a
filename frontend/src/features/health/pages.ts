import { lazy } from "react";
import type { Page } from "@/app/pages";

export const pages: Page[] = [
  {
    path: "/health",
    text: "Health",
    section: "Administration",
    order: 90,
    component: lazy(() => import("./HealthPage")),
    shown: (caller) => caller.admin,
  },
];
