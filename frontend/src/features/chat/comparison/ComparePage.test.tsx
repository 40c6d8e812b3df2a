import "../testing/layout";
import { configure, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { shown } from "@/test/session";
import { FakeServer } from "../testing/server";
import ComparePage from "./ComparePage";

// Whether an element can be seen is asked of each above it, which is slow in jsdom.
configure({ defaultHidden: true, asyncUtilTimeout: 10_000 });
vi.setConfig({ testTimeout: 30_000 });

let server: FakeServer;

beforeEach(() => {
  window.sessionStorage.clear();
  server = new FakeServer();
  server.install();
});
afterEach(() => server.remove());

// promise: chat.models-side-by-side
test("the same question goes to each model, and is not kept", async () => {
  const user = userEvent.setup();
  shown(<ComparePage />);
  await screen.findByRole("region", { name: "Model 2" });
  await user.click(screen.getByRole("button", { name: "Add a model" }));
  await user.click(screen.getByRole("textbox", { name: "Your message" }));
  await user.paste("Is it?");
  await user.keyboard("{Enter}");
  expect(await screen.findAllByText("Yes, it is.")).toHaveLength(3);
  expect(server.asked.map((asked) => asked.model)).toEqual(Array(3).fill("tiny-chat"));
  expect(server.texts()).toEqual([]);
});

test("a third model can be taken away, and two stay", async () => {
  const user = userEvent.setup();
  shown(<ComparePage />);
  await screen.findByRole("region", { name: "Model 2" });
  await user.click(screen.getByRole("button", { name: "Add a model" }));
  const third = screen.getByRole("region", { name: "Model 3" });
  await user.click(within(third).getByRole("button", { name: "Take model 3 away" }));
  expect(screen.queryByRole("region", { name: "Model 3" })).toBeNull();
  expect(screen.queryByRole("button", { name: /Take model/ })).toBeNull();
});
