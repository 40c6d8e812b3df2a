import { lazy } from "react";
import type { Page } from "@/app/pages";

export const pages: Page[] = [
  {
    path: "/health",
    text: "Health",
    section: "Administration",
    order: 90,
    component: lazy(() => import("./HealthPage")),
    needs: ["models", "serve"],
    shown: (caller) => caller.admin,
  },
];
