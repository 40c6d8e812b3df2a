import { lazy } from "react";
import type { Page } from "@/app/pages";

export const pages: Page[] = [
  {
    path: "/usage",
    text: "Usage",
    section: "Library",
    order: 50,
    component: lazy(() => import("./UsagePage")),
    needs: ["serve"],
  },
];
