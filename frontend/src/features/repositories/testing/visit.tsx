import { configure } from "@testing-library/react";
import { Suspense } from "react";
import { Route, Routes } from "react-router";
import { vi } from "vitest";
import type { Caller } from "@/auth/caller";
import { shown } from "@/test/session";
import { pages } from "../pages";

// A page that is compiled when it is first visited takes longer than a test should wait.
import.meta.glob("../**/*Page.tsx", { eager: true });
configure({ asyncUtilTimeout: 10_000 });
vi.setConfig({ testTimeout: 30_000 });

/** Show the feature's pages to a caller, at an address. */
export function visit(path: string, caller: Caller) {
  const seen = pages.filter((page) => page.shown?.(caller) ?? true);
  return shown(
    <Suspense fallback="Loading the page…">
      <Routes>
        {seen.map((page) => (
          <Route key={page.path} path={page.path} element={<page.component />} />
        ))}
        <Route path="*" element="There is no such page" />
      </Routes>
    </Suspense>,
    caller,
    path,
  );
}
