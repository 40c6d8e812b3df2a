import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { network } from "@/test/api";
import { shown } from "@/test/session";
import { useSessionActions, useSessionList } from "./useSessions";

const LIST = "GET /v1/session";

function Listed() {
  const list = useSessionList("");
  const { remove } = useSessionActions();
  const ids = list.data?.pages.flatMap((page) => page.sessions).map((one) => one.sessionId);
  return (
    <>
      <p>chats: {ids?.join() ?? "unknown"}</p>
      <button type="button" onClick={() => remove.mutate("s-1")}>
        Delete
      </button>
    </>
  );
}

test("a chat that was deleted while the list was on its way is not in it", async () => {
  const page = (...ids: string[]) => ({ sessions: ids.map((sessionId) => ({ sessionId })) });
  let arrive = (_: object) => {};
  const before = new Promise<object>((resolve) => {
    arrive = resolve;
  });
  const answers = [before, page()];
  const asked = network({
    [LIST]: () => answers.shift() ?? page(),
    "DELETE /v1/session/s-1": { deleted: true },
  });
  shown(<Listed />);
  await userEvent.click(screen.getByRole("button", { name: "Delete" }));
  await waitFor(() => expect(asked.filter(({ route }) => route === LIST)).toHaveLength(2));
  arrive(page("s-1"));
  expect(await screen.findByText("chats:")).toBeVisible();
});
