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

test("everybody sees what is not in service, and why, and what a model costs", async () => {
  const pricing = { prompt: "0.000001", completion: "0.000002" };
  const asked = network({
    [LIST]: {
      data: [
        { id: "big", model_type: "textgen", status: "Stopped", description: "Long letters" },
        { id: "titan", model_type: "textgen", status: "InService", pricing },
      ],
    },
  });
  shown(<LibraryPage />);
  expect(await screen.findByText("It is stopped. An administrator can start it.")).toBeVisible();
  expect(screen.getByText("Stopped")).toBeInTheDocument();
  expect(screen.getByText("In service")).toBeInTheDocument();
  expect(screen.getByText("Chat and text: Long letters")).toBeInTheDocument();
  expect(screen.getByText("$1 in, $2 out a million tokens")).toBeInTheDocument();
  expect(asked.map(({ route, query }) => [route, query])).toEqual([[LIST, { state: "all" }]]);
});

test("a model that comes into service is seen without a new page", async () => {
  let status = "Starting";
  network({ [LIST]: () => ({ data: [{ id: "big", model_type: "textgen", status }] }) });
  shown(<LibraryPage />);
  expect(await screen.findByText(/^It is starting/)).toBeInTheDocument();
  status = "InService";
  expect(await screen.findByText("In service", {}, { timeout: 8_000 })).toBeInTheDocument();
}, 15_000);

test("without models the page says whom to ask", async () => {
  network({ [LIST]: { data: [] } });
  shown(<LibraryPage />);

  expect(await screen.findByText(/Ask an administrator/)).toBeInTheDocument();
});
