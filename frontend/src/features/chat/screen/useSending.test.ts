import { act, renderHook } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { useSending } from "./useSending";

const LOADING = "The models are still being loaded.";

function sending(first: { why?: string; soon: boolean; ready?: boolean }, refusal?: string) {
  const sent = vi.fn(() => refusal ?? null);
  const hook = renderHook((now) => useSending({ ready: true, ...now, act: sent }), {
    initialProps: first,
  });
  const send = () => act(() => hook.result.current.send());
  return { sent, send, next: hook.rerender, refused: () => hook.result.current.refused };
}

test("what waits for something that passes by itself goes when it has passed, once", () => {
  const { sent, send, next, refused } = sending({ why: LOADING, soon: true });
  send();
  expect([refused(), sent.mock.calls.length]).toEqual([LOADING, 0]);
  next({ soon: false });
  expect([refused(), sent.mock.calls.length]).toEqual([null, 1]);
  next({ why: LOADING, soon: true });
  next({ soon: false });
  expect(sent).toHaveBeenCalledTimes(1);
});

test("what cannot go says why, and goes only when it is sent again", () => {
  const { sent, send, next, refused } = sending({ why: "It is stopped.", soon: false });
  send();
  expect(refused()).toBe("It is stopped.");
  next({ soon: false });
  expect([refused(), sent.mock.calls.length]).toEqual([null, 0]);
});

test("nothing is sent where there is nothing, and what is too large says so", () => {
  const empty = sending({ soon: false, ready: false });
  empty.send();
  expect(empty.sent).not.toHaveBeenCalled();
  const large = sending({ soon: false }, "It is too long.");
  large.send();
  expect(large.refused()).toBe("It is too long.");
});
