import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { ADMIN, USER } from "@/test/session";
import { openChat as open, serving } from "../testing/page";

const server = serving();

test("a question gets its answer, with what is known of it", async () => {
  const { box, ask } = open();
  await ask("Is it?");
  expect(await screen.findByText("Yes, it is.")).toBeVisible();
  expect(await screen.findByText(/tiny-chat · 3 in, 2 out · about \$0.02/)).toBeVisible();
  expect(box()).toHaveValue("");
  await waitFor(() => expect(server().texts()).toEqual(["Is it?", "Yes, it is."]));
  await waitFor(() => expect(server().spent()).toEqual([0.023]));
});

test("a new line does not send, and the arrow up brings the last question back", async () => {
  const { user, box } = open();
  await screen.findByText("tiny-chat");
  await user.type(box(), "One{Shift>}{Enter}{/Shift}two");
  expect(box()).toHaveValue("One\ntwo");
  await user.type(box(), "{Enter}");
  await screen.findByText("Yes, it is.");
  await user.type(box(), "{ArrowUp}");
  expect(box()).toHaveValue("One\ntwo");
});

test("what is being written is there again", async () => {
  const first = open();
  await first.user.type(first.box(), "Half a thought");
  const key = Object.keys(window.sessionStorage).find((name) => name.startsWith("lisa.draft."));
  expect(window.sessionStorage.getItem(key ?? "")).toBe("Half a thought");
});

test("an answer that is refused says why, and can be asked for again", async () => {
  server().refusal = { status: 503, code: "model_unavailable", message: "It may be starting" };
  const { user, ask } = open();
  await ask("Is it?");
  expect(await screen.findByText("It may be starting.")).toBeVisible();
  server().refusal = null;
  await user.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByText("Yes, it is.")).toBeVisible();
  const version = screen.getByRole("group", { name: "Version 2 of 2" });
  await user.click(within(version).getByRole("button", { name: "Version before" }));
  expect(await screen.findByText("It may be starting.")).toBeVisible();
});

// promise: chat.edits-questions
test("an edited question is sent again beside the first", async () => {
  const { user, ask } = open();
  await ask("Is it?");
  await screen.findByText("Yes, it is.");
  await user.click(screen.getByRole("button", { name: "Edit" }));
  const words = screen.getByRole("textbox", { name: "Your message in other words" });
  await user.clear(words);
  await user.type(words, "Is it not?");
  await user.click(screen.getByRole("button", { name: "Send again" }));
  expect(await screen.findByRole("group", { name: "Version 2 of 2" })).toBeVisible();
  expect(server().asked.at(-1)?.messages).toEqual([{ role: "user", content: "Is it not?" }]);
});

test("what streamed when its tab was closed is there, and says so", async () => {
  server().store("session-1", [
    { messageId: "m1", parentId: null, role: "user", content: "Tell", status: "complete" },
    { messageId: "m2", parentId: "m1", role: "assistant", content: "Once", status: "streaming" },
  ]);
  const { user } = open(USER, "/chat/session-1");
  expect(await screen.findByText("Once")).toBeVisible();
  expect(screen.getByText(/^Interrupted/)).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Go on" }));
  expect(await screen.findByText("Yes, it is.")).toBeVisible();
});

test.each([
  ["everybody", USER, "An administrator can start it."],
  ["administrators", ADMIN, "Start it on the page Models."],
])("%s see which models cannot be asked, and why", async (_, caller, remedy) => {
  const { user } = open(caller);
  await user.click(await screen.findByRole("button", { name: /Model/ }));
  const stopped = await screen.findByRole("option", { name: /big-chat/ });
  expect(stopped).toHaveAttribute("aria-disabled", "true");
  expect(stopped).toHaveTextContent("Stopped");
  expect(stopped).toHaveTextContent(remedy);
});

// promise: chat.prompt-templates
test("a prompt of the library is put into the message", async () => {
  const { user, box } = open();
  await user.click(await screen.findByRole("button", { name: "Insert a prompt" }));
  await user.click(await screen.findByRole("menuitem", { name: "Five points" }));
  expect(box()).toHaveValue("In five points: ");
});

test("an address of a chat that is not there says so, and leads on", async () => {
  open(USER, "/chat/somebody-elses");
  expect(await screen.findByText("This chat is not here")).toBeVisible();
  expect(screen.queryByRole("textbox", { name: "Your message" })).toBeNull();
  expect(screen.getByRole("link", { name: "New chat" })).toHaveAttribute("href", "#/chat");
});

test("an address can say which model is asked", async () => {
  const { user, box } = open(USER, "/chat?model=another");
  expect(await screen.findByText("another")).toBeVisible();
  await user.type(box(), "Is it?{Enter}");
  await waitFor(() => expect(server().asked.at(-1)).toMatchObject({ model: "another" }));
});
