import { fireEvent, render, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import type { Summary } from "../types";
import { EntryLink } from "./EntryLink";

const SESSION = { sessionId: "s-1", name: "What is a lease?" } as Summary;

function link(session: Summary, shown = false) {
  const onOpen = vi.fn();
  render(<EntryLink session={session} shown={shown} onOpen={onOpen} />);
  return { onOpen, link: screen.getByRole("link", { name: /What is a lease/ }) };
}

test("a click opens it here, and with a key held the browser opens it where that says", () => {
  const { onOpen, link: entry } = link(SESSION);
  expect(fireEvent.click(entry, { ctrlKey: true })).toBe(true);
  expect(onOpen).not.toHaveBeenCalled();
  expect(fireEvent.click(entry)).toBe(false);
  expect(onOpen).toHaveBeenCalledWith("s-1");
});

test("the line that was found stands below the name, unless the name has it", () => {
  link({ ...SESSION, snippet: "…by a written lease, for" });
  expect(screen.getByText("…by a written lease, for")).toBeVisible();
});

test("what the name says is not said twice", () => {
  const { link: entry } = link({ ...SESSION, snippet: "What is a lease?" }, true);
  expect(entry).toHaveTextContent(/^What is a lease\?$/);
  expect(entry).toHaveAttribute("aria-current", "page");
});
