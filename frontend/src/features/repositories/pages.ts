import { lazy } from "react";
import type { Page } from "@/app/pages";
import type { Caller } from "@/auth/caller";

const needs: Page["needs"] = ["rag"];
const here = { section: "Library", order: 1, switch: "showRagLibrary", needs } as const;
const hidden = { ...here, hidden: true };
const curators = (caller: Caller) => caller.curator;
const administrators = (caller: Caller) => caller.admin;

// No id of a repository begins with an underscore, and those of collections are UUIDs.
export const pages: Page[] = [
  {
    ...here,
    path: "/repositories",
    text: "Repositories",
    component: lazy(() => import("./RepositoriesPage")),
  },
  {
    ...hidden,
    path: "/repositories/_new",
    text: "Create repository",
    shown: administrators,
    component: lazy(() => import("./forms/RepositoryCreatePage")),
  },
  {
    ...hidden,
    path: "/repositories/:repositoryId",
    text: "Repository",
    component: lazy(() => import("./RepositoryPage")),
  },
  {
    ...hidden,
    path: "/repositories/:repositoryId/edit",
    text: "Edit repository",
    shown: administrators,
    component: lazy(() => import("./forms/RepositoryEditPage")),
  },
  {
    ...hidden,
    path: "/repositories/:repositoryId/pipelines",
    text: "Pipelines",
    shown: administrators,
    component: lazy(() => import("./forms/PipelinesPage")),
  },
  {
    ...hidden,
    path: "/repositories/:repositoryId/jobs",
    text: "Jobs",
    component: lazy(() => import("./JobsPage")),
  },
  {
    ...hidden,
    path: "/repositories/:repositoryId/new-collection",
    text: "Create collection",
    shown: curators,
    component: lazy(() => import("./forms/CollectionCreatePage")),
  },
  {
    ...hidden,
    path: "/repositories/:repositoryId/:collectionId",
    text: "Collection",
    component: lazy(() => import("./CollectionPage")),
  },
  {
    ...hidden,
    path: "/repositories/:repositoryId/:collectionId/edit",
    text: "Edit collection",
    shown: curators,
    component: lazy(() => import("./forms/CollectionEditPage")),
  },
];
