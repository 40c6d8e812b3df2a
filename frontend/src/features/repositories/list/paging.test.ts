import { act, renderHook } from "@testing-library/react";
import { expect, test } from "vitest";
import { usePages } from "./paging";

test("pages go forward by their cursors, and back to any that was seen", () => {
  const { result } = renderHook(() => usePages());
  const turn = (page: number, next: string | null) =>
    act(() => result.current.pagination(next).onChange({ detail: { currentPageIndex: page } }));
  expect(result.current.pagination("b").pagesCount).toBe(2);
  turn(2, "b");
  expect(result.current.cursor).toBe("b");
  turn(3, "c");
  expect([result.current.cursor, result.current.pagination(null).pagesCount]).toEqual(["c", 3]);
  turn(1, null);
  expect([result.current.cursor, result.current.pagination("b").pagesCount]).toEqual([
    undefined,
    3,
  ]);
  turn(2, "b");
  act(() => result.current.restart());
  expect(result.current.pagination(null)).toMatchObject({ currentPageIndex: 1, pagesCount: 1 });
});
