import { lazy } from "react";
import type { Page } from "@/app/pages";

export const pages: Page[] = [
  {
    path: "/configuration",
    text: "Configuration",
    section: "Administration",
    order: 60,
    component: lazy(() => import("./ConfigurationPage")),
    shown: (caller) => caller.admin,
  },
];
