import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import type { Switch } from "@/features/configuration/types";
import { USER } from "@/test/session";
import { openChat, serving } from "../testing/page";

const server = serving();

function open(path = "/chat", ...off: Switch[]) {
  server().off = off;
  const { user, ask } = openChat(USER, path);
  const settings = async () => {
    await user.click(await screen.findByRole("button", { name: /^Settings/ }));
    return within(await screen.findByRole("region", { name: "Settings" }));
  };
  const answered = async (text: string) => {
    await ask(text);
    await screen.findByText("Yes, it is.");
  };
  return { user, settings, answered };
}

function talk(id: string) {
  server().store(id, [
    { messageId: `${id}-1`, parentId: null, role: "user", content: "Tell", status: "complete" },
    {
      messageId: `${id}-2`,
      parentId: `${id}-1`,
      role: "assistant",
      content: "Once",
      status: "complete",
      model: "tiny-chat",
      usage: { promptTokens: 3, completionTokens: 2, totalTokens: 5 },
    },
  ]);
}

const gone = (find: () => HTMLElement | null) => waitFor(() => expect(find()).toBeNull());

test.each<[Switch, string | RegExp]>([
  ["editKwargs", "Temperature"],
  ["editKwargs", "Reasoning effort"],
  ["editChatHistoryBuffer", "History"],
  ["ragSelectionAvailable", "Answer from documents"],
])("without %s the settings have no “%s”", async (name, label) => {
  const { settings } = open("/chat", name);
  const panel = await settings();
  await gone(() => panel.queryByText(label));
  expect(panel.getByText("System prompt")).toBeVisible();
});

test("the number of passages goes with its switch, the repositories stay", async () => {
  talk("a");
  server().setup = { repository: "handbook" };
  const { settings } = open("/chat/a", "editNumOfRagDocument");
  await screen.findByText("Once");
  const panel = await settings();
  expect(await panel.findByText("Collection")).toBeVisible();
  await gone(() => panel.queryByText("Passages"));
});

test("without figures there are none below answers, and no meter", async () => {
  talk("a");
  open("/chat/a", "viewMetaData");
  await screen.findByText("Once");
  await gone(() => screen.queryByText(/3 in, 2 out/));
  expect(screen.queryByText(/about \d+ tokens/)).toBeNull();
});

test("without files there are pictures", async () => {
  open("/chat", "uploadContextDocs");
  await screen.findByText("Ask below.", { exact: false });
  await gone(() => screen.queryByText("Summarise a document"));
  const input = document.querySelector("input[type=file]");
  expect(input).toHaveAttribute("accept", "image/*");
});

test("without the library there are no prompts of it", async () => {
  const { answered } = open("/chat", "showPromptTemplateLibrary");
  await answered("Is it?");
  expect(screen.queryByRole("button", { name: "Insert a prompt" })).toBeNull();
});

test("what was set before it was switched off goes with no question", async () => {
  talk("a");
  server().setup = { model: "tiny-chat", repository: "handbook", parameters: { temperature: 0 } };
  const { answered } = open("/chat/a", "ragSelectionAvailable", "editKwargs");
  await screen.findByText("Once");
  await gone(() => screen.queryByText("From handbook"));
  await answered("Go");
  expect(server().asked[0]).not.toHaveProperty("temperature");
  expect(server().asked[0]?.metadata).not.toHaveProperty("repository");
});

test("the organisation's model is asked first", async () => {
  server().models = ["other-chat", "tiny-chat"];
  server().defaultModel = "tiny-chat";
  const { answered } = open();
  await answered("Is it?");
  expect(server().asked[0]?.model).toBe("tiny-chat");
});

test("one's own last choice goes before the organisation's model", async () => {
  window.localStorage.setItem("lisa.model", "tiny-chat");
  server().models = ["other-chat", "tiny-chat"];
  server().defaultModel = "other-chat";
  const { answered } = open("/chat", "uploadContextDocs");
  await screen.findByText("tiny-chat");
  await gone(() => screen.queryByText("Summarise a document"));
  await answered("Is it?");
  expect(server().asked[0]?.model).toBe("tiny-chat");
});

test("all chats are deleted after it was said how many, and a new one begins", async () => {
  talk("a");
  talk("b");
  const { user } = open("/chat/a");
  await user.click(await screen.findByRole("button", { name: "Actions on all chats" }));
  await user.click(await screen.findByRole("menuitem", { name: "Delete all chats" }));
  expect(await screen.findByText(/^All your 2 chats go .* cannot be undone/)).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Delete all" }));
  expect(await screen.findByText("What do you want to know?")).toBeVisible();
  expect(server().texts()).toEqual([]);
  expect(await screen.findByText(/Your chats will be listed here/)).toBeVisible();
  expect(screen.queryByRole("button", { name: "Actions on all chats" })).toBeNull();
});

test("where chats may not be deleted nothing offers it", async () => {
  talk("a");
  const { user } = open("/chat/a", "deleteSessionHistory");
  await user.click(await screen.findByRole("button", { name: "Actions on Chat a" }));
  expect(await screen.findByRole("menuitem", { name: "Rename" })).toBeVisible();
  await gone(() => screen.queryByRole("menuitem", { name: "Delete" }));
  expect(screen.queryByRole("button", { name: "Actions on all chats" })).toBeNull();
});
