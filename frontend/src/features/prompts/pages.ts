import { lazy } from "react";
import type { Page } from "@/app/pages";

export const pages: Page[] = [
  {
    path: "/prompts",
    text: "Prompt library",
    section: "Library",
    order: 30,
    component: lazy(() => import("./PromptsPage")),
    needs: ["chat"],
    switch: "showPromptTemplateLibrary",
  },
];
