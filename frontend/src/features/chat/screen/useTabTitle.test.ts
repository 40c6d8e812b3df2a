import { act, renderHook } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { useTabTitle } from "./useTabTitle";

afterEach(() => vi.restoreAllMocks());

function look(hidden: boolean) {
  vi.spyOn(document, "hidden", "get").mockReturnValue(hidden);
  act(() => void document.dispatchEvent(new Event("visibilitychange")));
}

test("the tab says what the conversation is about", () => {
  const { rerender } = renderHook(({ name }) => useTabTitle(name, false), {
    initialProps: { name: "" },
  });
  expect(document.title).toBe("Chat · LISA");
  rerender({ name: "Leases" });
  expect(document.title).toBe("Leases · LISA");
});

test("an answer that comes while nobody looks is told of until somebody does", () => {
  const { rerender } = renderHook(({ busy }) => useTabTitle("Leases", busy), {
    initialProps: { busy: true },
  });
  look(true);
  rerender({ busy: false });
  expect(document.title).toBe("Answered: Leases · LISA");
  look(false);
  expect(document.title).toBe("Leases · LISA");
});

test("an answer that somebody saw coming is no news", () => {
  const { rerender } = renderHook(({ busy }) => useTabTitle("Leases", busy), {
    initialProps: { busy: true },
  });
  rerender({ busy: false });
  look(true);
  expect(document.title).toBe("Leases · LISA");
});
