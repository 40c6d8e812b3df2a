import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { usePanels } from "./usePanels";

const WIDTH = window.innerWidth;

beforeEach(() => {
  window.innerWidth = 1_280;
  vi.stubGlobal(
    "ResizeObserver",
    class {
      constructor(private readonly told: () => void) {}
      observe(): void {
        this.told();
      }
      disconnect(): void {}
    },
  );
});

afterEach(() => {
  window.innerWidth = WIDTH;
  vi.unstubAllGlobals();
});

function panels(clientWidth: number) {
  const frame = { current: { clientWidth } as HTMLElement };
  const { result } = renderHook(() => usePanels(frame));
  return { now: () => result.current, open: () => act(() => result.current.show(SETTINGS)) };
}

const SETTINGS = { kind: "settings" } as const;

test("where two panels leave too little to read, the list makes room and comes back", () => {
  const { now, open } = panels(1_000);
  expect(now()).toMatchObject({ listed: true, aside: false });
  open();
  expect(now()).toMatchObject({ listed: true, aside: true, side: SETTINGS });
  act(() => now().show(null));
  expect(now()).toMatchObject({ listed: true, aside: false });
});

test("whoever asks for the list then gets it, and the other panel goes", () => {
  const { now, open } = panels(1_000);
  open();
  act(() => now().list(true));
  expect(now()).toMatchObject({ listed: true, aside: false, side: null });
});

test("where there is room both are shown", () => {
  const { now, open } = panels(1_400);
  open();
  expect(now()).toMatchObject({ listed: true, aside: false, side: SETTINGS });
});
