import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { network } from "@/test/api";
import { shown, USER } from "@/test/session";
import { SourcePanel } from "./SourcePanel";
import { CITATION, COLLECTION_ID, document, searchAnswer } from "./testing/samples";

const ONE = `GET /v1/repository/hr-docs/${document().documentId}`;
const SEARCH = "GET /v1/repository/hr-docs/similaritySearch";

test("a source shows its place, its text, and opens at its page", async () => {
  const log = network({ [ONE]: document(), [SEARCH]: searchAnswer() });
  shown(<SourcePanel citation={CITATION} question="How much leave?" />, USER);
  expect(await screen.findByText("Thirty days a year.")).toBeVisible();
  expect(screen.getByText("Rules › Leave › pages 2–3")).toBeVisible();
  expect(screen.getByRole("button", { name: /Open at page 2/ })).toBeVisible();
  expect(log.find(({ route }) => route === SEARCH)?.query).toEqual({
    query: "How much leave?",
    topK: "20",
    collectionId: COLLECTION_ID,
  });
});

test("a document that is gone leaves the citation, and says so", async () => {
  network({});
  shown(<SourcePanel citation={CITATION} />, USER);
  expect(await screen.findByText(/was removed since/)).toBeVisible();
  expect(screen.queryByRole("button", { name: /Download/ })).toBeNull();
  expect(screen.getByRole("region", { name: "Source 1: Leave" })).toBeVisible();
});

test("a passage that is not there any more says what to do", async () => {
  network({ [ONE]: document(), [SEARCH]: { ...searchAnswer(), docs: [] } });
  shown(<SourcePanel citation={CITATION} />, USER);
  expect(await screen.findByText(/could not be found again/)).toBeVisible();
});

test("what a document says is shown as text", async () => {
  const hostile = '<img src=x onerror="alert(1)"><script>alert(1)</script>';
  network({ [ONE]: document(), [SEARCH]: searchAnswer(hostile) });
  const { container } = shown(<SourcePanel citation={CITATION} />, USER);
  expect(await screen.findByText(hostile)).toBeVisible();
  expect(container.querySelector("script, img")).toBeNull();
});
