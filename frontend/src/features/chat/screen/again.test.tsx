import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HashRouter, Route, Routes } from "react-router";
import { expect, test } from "vitest";
import { NoticesProvider } from "@/app/notices";
import { GivenSession } from "@/auth/session";
import { ENVIRONMENT, USER } from "@/test/session";
import { serving } from "../testing/page";
import ChatPage from "./ChatPage";

serving();

test("a link to a new chat leads to a new one, also after one that such a link began", async () => {
  window.location.hash = "#/chat";
  render(
    <GivenSession value={{ environment: ENVIRONMENT, caller: USER, token: () => "token" }}>
      <QueryClientProvider client={new QueryClient()}>
        <NoticesProvider>
          <HashRouter>
            <Routes>
              <Route path="/chat" element={<ChatPage />} />
              <Route path="/chat/:sessionId" element={<ChatPage />} />
            </Routes>
          </HashRouter>
        </NoticesProvider>
      </QueryClientProvider>
    </GivenSession>,
  );
  await screen.findByText("tiny-chat");
  await userEvent.type(screen.getByRole("textbox", { name: "Your message" }), "Is it?{Enter}");
  expect(await screen.findByText("Yes, it is.")).toBeVisible();
  await waitFor(() => expect(window.location.hash).toMatch(/^#\/chat\/./));
  window.location.hash = "#/chat";
  expect(await screen.findByText("What do you want to know?")).toBeVisible();
});
