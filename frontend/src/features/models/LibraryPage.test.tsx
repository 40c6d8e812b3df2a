import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { network } from "@/test/api";
import { shown } from "@/test/session";
import LibraryPage from "./LibraryPage";

const LIST = "GET /v2/serve/models";

test("everybody sees the models they may call, and finds them by a part of the name", async () => {
  network({
    [LIST]: {
      data: [{ id: "tiny-chat", model_type: "textgen", context_window: 2048 }, { id: "titan" }],
    },
  });
  shown(<LibraryPage />);
  expect(await screen.findAllByText("tiny-chat")).not.toHaveLength(0);
  expect(screen.getByText("Chat and text")).toBeInTheDocument();
  expect(screen.getByText("2,048 tokens")).toBeInTheDocument();
  const chats = screen.getAllByRole("link", { name: /^Chat with/ });
  expect(chats.map((link) => link.getAttribute("href"))).toEqual(["#/chat?model=tiny-chat"]);

  await userEvent.type(screen.getByRole("searchbox", { name: "Find models" }), "TITAN");

  expect(screen.queryByText("tiny-chat")).toBeNull();
  expect(screen.getAllByText("titan")).not.toHaveLength(0);
});

test("without models the page says whom to ask", async () => {
  network({ [LIST]: { data: [] } });
  shown(<LibraryPage />);

  expect(await screen.findByText(/Ask an administrator/)).toBeInTheDocument();
});
