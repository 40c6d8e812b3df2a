import "./layout";
import { configure, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { Route, Routes } from "react-router";
import { afterEach, beforeEach, vi } from "vitest";
import { shown, USER } from "@/test/session";
import ChatPage from "../screen/ChatPage";
import { FakeServer } from "./server";

/** Begin each test of a file with an empty browser and a server that knows nothing. */
export function serving(): () => FakeServer {
  // Whether an element can be seen is asked of each above it, which is slow in jsdom.
  configure({ defaultHidden: true, asyncUtilTimeout: 10_000 });
  vi.setConfig({ testTimeout: 30_000 });
  let server: FakeServer;
  beforeEach(() => {
    window.sessionStorage.clear();
    window.localStorage.clear();
    server = new FakeServer();
    server.install();
  });
  afterEach(() => server.remove());
  return () => server;
}

/** Show the page of the chat at a path, to somebody who can write in it. */
export function openChat(caller = USER, path = "/chat") {
  const user = userEvent.setup();
  shown(
    <Routes>
      <Route path="/chat" element={<ChatPage />} />
      <Route path="/chat/:sessionId" element={<ChatPage />} />
    </Routes>,
    caller,
    path,
  );
  const box = () => screen.getByRole("textbox", { name: "Your message" });
  const ask = async (text: string) => {
    await screen.findByText("tiny-chat");
    await user.click(box());
    await user.paste(text);
    await user.keyboard("{Enter}");
  };
  return { user, box, ask };
}
