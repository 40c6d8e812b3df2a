import { screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { openChat, serving } from "../testing/page";

serving();
const WIDTH = window.innerWidth;

afterEach(() => {
  window.innerWidth = WIDTH;
});

test("whoever comes to the chat can write at once", async () => {
  window.innerWidth = 1_280;
  const { box, user } = openChat();
  expect(await screen.findByRole("region", { name: "Chats" })).toBeVisible();
  expect(box()).toHaveFocus();
  await user.click(screen.getByRole("button", { name: "Close Chats" }));
  expect(box()).toHaveFocus();
});

test("a panel takes the keyboard, and gives it back where it was", async () => {
  const { user } = openChat();
  const settings = screen.getByRole("button", { name: "Settings" });
  await user.click(settings);
  expect(screen.getByRole("region", { name: "Settings" })).toHaveFocus();
  await user.keyboard("{Escape}");
  await waitFor(() => expect(settings).toHaveFocus());
});
