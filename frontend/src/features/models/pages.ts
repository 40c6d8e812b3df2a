import { lazy } from "react";
import type { Page } from "@/app/pages";
import type { Caller } from "@/auth/caller";

const administrators = (caller: Caller) => caller.admin;

export const pages: Page[] = [
  {
    path: "/models",
    text: "Models",
    section: "Administration",
    order: 10,
    component: lazy(() => import("./ModelsPage")),
    shown: administrators,
    needs: ["models"],
  },
  {
    path: "/models/create",
    text: "Create a model",
    section: "Administration",
    order: 11,
    component: lazy(() => import("./CreatePage")),
    shown: administrators,
    needs: ["models"],
    hidden: true,
  },
  {
    path: "/models/:modelId",
    text: "Model",
    section: "Administration",
    order: 12,
    component: lazy(() => import("./ModelPage")),
    shown: administrators,
    needs: ["models"],
    hidden: true,
  },
  {
    path: "/library/models",
    text: "Model library",
    section: "Library",
    order: 10,
    component: lazy(() => import("./LibraryPage")),
    needs: ["serve"],
    switch: "modelLibrary",
  },
];
