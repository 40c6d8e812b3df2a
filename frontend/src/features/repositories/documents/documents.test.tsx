import { act, screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { ApiError } from "@/api/errors";
import { DEFAULTS } from "@/features/configuration/defaults";
import { version } from "@/features/configuration/testing";
import { network } from "@/test/api";
import { USER } from "@/test/session";
import { caught } from "../testing/requests";
import {
  COLLECTION_ID,
  collection,
  document,
  documentsPage,
  repository,
  searchAnswer,
} from "../testing/samples";
import { visit } from "../testing/visit";
import { tooMany } from "./useDocumentList";

const PLACE = {
  "GET /v1/repository/hr-docs": repository(),
  [`GET /v1/repository/hr-docs/collection/${COLLECTION_ID}`]: collection(),
};
const PATH = `/repositories/hr-docs/${COLLECTION_ID}`;
const DOCUMENTS = "GET /v1/repository/hr-docs/document";

test("a document that failed tells its cause and its fix", async () => {
  const reason = { code: "Encrypted", message: "The file is encrypted.", fix: "Decrypt it." };
  network({ ...PLACE, [DOCUMENTS]: documentsPage(document({ status: "FAILED", reason })) });
  visit(PATH, USER);
  await userEvent.click(await screen.findByRole("button", { name: /Failed/ }));
  expect(await screen.findByText("The file is encrypted.")).toBeVisible();
  expect(screen.getByText("Decrypt it.")).toBeVisible();
});

test("the list is asked for again while a document is under way, and no longer", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const pages = [
    documentsPage(document({ status: "IN_PROGRESS", step: "EMBED", progress: 0.4 })),
    documentsPage(document()),
  ];
  const log = network({ ...PLACE, [DOCUMENTS]: () => pages.shift() ?? documentsPage() });
  visit(PATH, USER);
  expect(await screen.findByText("Embedding")).toBeVisible();
  await act(() => vi.advanceTimersByTimeAsync(2_100));
  expect(await screen.findByText("Ready")).toBeVisible();
  await act(() => vi.advanceTimersByTimeAsync(10_000));
  expect(log.filter(({ route }) => route === DOCUMENTS)).toHaveLength(2);
  vi.useRealTimers();
});

test("only what one uploaded is offered for removal", async () => {
  const theirs = document({ documentId: "other", documentName: "theirs.pdf", mine: false });
  network({ ...PLACE, [DOCUMENTS]: documentsPage(document(), theirs) });
  visit(PATH, USER);
  expect(await screen.findByRole("checkbox", { name: "theirs.pdf" })).toBeDisabled();
  await userEvent.click(screen.getByRole("button", { name: "Actions for theirs.pdf" }));
  const names = (await screen.findAllByRole("menuitem")).map((one) => one.textContent);
  expect(names).toEqual(["Open", "Download"]);
});

test("many documents are removed at once, by whoever types that", async () => {
  const other = document({ documentId: "other", documentName: "other.pdf" });
  const log = network({
    ...PLACE,
    [DOCUMENTS]: documentsPage(document(), other),
    "DELETE /v1/repository/hr-docs/document": { jobs: [] },
  });
  visit(PATH, USER);
  await userEvent.click(await screen.findByRole("checkbox", { name: /All documents/ }));
  await userEvent.click(screen.getByRole("button", { name: "Delete" }));
  const dialog = within(await screen.findByRole("dialog"));
  await userEvent.type(dialog.getByRole("textbox"), "delete{Enter}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(log.find(({ route }) => route.startsWith("DELETE"))?.body).toEqual({
    documentIds: [document().documentId, "other"],
  });
});

test("a file is uploaded, ingested, and listed on its way", async () => {
  const form = { url: "https://bucket.example/", fields: { key: "uploads/a" }, key: "uploads/a" };
  const listed = [documentsPage(), documentsPage(document({ status: "PENDING" }))];
  const log = network({
    ...PLACE,
    [DOCUMENTS]: () => listed.shift() ?? documentsPage(document()),
    "POST /v1/repository/presigned-url": form,
    "POST /v1/repository/hr-docs/bulk": { jobs: [] },
  });
  const sent = caught();
  const { container } = visit(PATH, USER);
  expect(await screen.findByText("No documents yet")).toBeVisible();
  const input = container.querySelector<HTMLInputElement>("input[type=file]");
  await userEvent.upload(input as HTMLInputElement, new File(["text"], "leave.pdf"));
  await waitFor(() => expect(sent).toHaveLength(1));
  act(() => sent[0]?.upload.onprogress?.({ loaded: 1, total: 2 }));
  expect(screen.getByRole("list", { name: "Uploads" })).toHaveTextContent("50%");
  act(() => sent[0]?.answer());
  expect(await screen.findByText("Waiting")).toBeVisible();
  expect(screen.queryByRole("list", { name: "Uploads" })).toBeNull();
  const bodies = log.filter(({ route }) => route.startsWith("POST")).map(({ body }) => body);
  const place = { collectionId: COLLECTION_ID };
  expect(bodies).toEqual([
    { ...place, repositoryId: "hr-docs", fileName: "leave.pdf" },
    { ...place, keys: ["uploads/a"] },
  ]);
});

test("new files take labels and a cutting with them, as they were when the files were added", async () => {
  const form = { url: "https://bucket.example/", fields: { key: "uploads/a" }, key: "uploads/a" };
  const log = network({
    ...PLACE,
    [DOCUMENTS]: documentsPage(),
    "POST /v1/repository/presigned-url": form,
    "POST /v1/repository/hr-docs/bulk": { jobs: [] },
  });
  const sent = caught();
  const { container } = visit(PATH, USER);
  await userEvent.click(await screen.findByRole("button", { name: /Label new files/ }));
  const dialog = within(await screen.findByRole("dialog"));
  await userEvent.type(dialog.getByRole("textbox", { name: /Fields/ }), "year");
  await userEvent.click(dialog.getByRole("button", { name: "Use for new files" }));
  expect(dialog.getByText(/such as year=2026/)).toBeVisible();
  await userEvent.type(dialog.getByRole("textbox", { name: /Fields/ }), "=2026");
  await userEvent.click(dialog.getByRole("button", { name: "Use for new files" }));
  expect(await screen.findByText("New files: year: 2026")).toBeVisible();
  const input = container.querySelector<HTMLInputElement>("input[type=file]");
  await userEvent.upload(input as HTMLInputElement, new File(["text"], "leave.pdf"));
  await waitFor(() => expect(sent).toHaveLength(1));
  await userEvent.click(screen.getByRole("button", { name: "Read new files as usual" }));
  act(() => sent[0]?.answer());
  const ingested = () => log.find(({ route }) => route.endsWith("/bulk"))?.body;
  await waitFor(() => expect(ingested()).toBeDefined());
  expect(ingested()).toMatchObject({ metadata: { tags: [], customFields: { year: 2026 } } });
});

test("a document's labels are shown, and changed by reading it anew", async () => {
  const metadata = { tags: ["hr"], customFields: { year: 2026 } };
  const log = network({
    ...PLACE,
    [DOCUMENTS]: documentsPage(document({ metadata })),
    "POST /v1/repository/hr-docs/bulk": { jobs: [] },
  });
  visit(PATH, USER);
  expect(await screen.findByText("year: 2026")).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Actions for leave.pdf" }));
  await userEvent.click(await screen.findByRole("menuitem", { name: /Change labels/ }));
  const dialog = within(await screen.findByRole("dialog"));
  await userEvent.type(dialog.getByRole("textbox", { name: /Fields/ }), "{Enter}final=true");
  await userEvent.click(dialog.getByRole("button", { name: "Save and read again" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(log.find(({ route }) => route.endsWith("/bulk"))?.body).toMatchObject({
    keys: [expect.stringMatching(/leave.pdf$/)],
    metadata: { tags: ["hr"], customFields: { year: 2026, final: true } },
  });
});

test("where uploads are switched off, none are offered", async () => {
  const { enabledComponents } = DEFAULTS;
  network({
    ...PLACE,
    [DOCUMENTS]: documentsPage(document()),
    "GET /v1/configuration": [
      version(1, { enabledComponents: { ...enabledComponents, uploadRagDocs: false } }),
    ],
  });
  visit(PATH, USER);
  await userEvent.click(await screen.findByRole("button", { name: "Actions for leave.pdf" }));
  expect(screen.queryByRole("menuitem", { name: "Read again" })).toBeNull();
  expect(screen.queryByText("Upload files")).toBeNull();
});

test("a question shows passages with their places and scores", async () => {
  const log = network({
    ...PLACE,
    [DOCUMENTS]: documentsPage(),
    [`GET /v1/repository/hr-docs/${document().documentId}`]: document(),
    "GET /v1/repository/hr-docs/similaritySearch": searchAnswer(),
  });
  visit(PATH, USER);
  await userEvent.click(await screen.findByRole("tab", { name: "Try a question" }));
  await userEvent.type(screen.getByRole("textbox", { name: "Question" }), "How much?{Enter}");
  expect(await screen.findByText("Thirty days a year.")).toBeVisible();
  expect(screen.getByText("Rules › Leave › pages 2–3")).toBeVisible();
  expect(screen.getByText("Score 0.90 · meaning 0.80")).toBeVisible();
  expect(await screen.findByRole("button", { name: /Open at page 2/ })).toBeVisible();
  const queries = () =>
    log.filter(({ route }) => route.endsWith("similaritySearch")).map(({ query }) => query);
  const usual = { query: "How much?", topK: "5", collectionId: COLLECTION_ID };
  expect(queries()).toEqual([usual]);
  const labels = screen.getByRole("textbox", { name: /with these labels/, hidden: true });
  await userEvent.type(labels, "year=2026");
  await userEvent.click(screen.getByRole("button", { name: "Search" }));
  await waitFor(() => expect(queries()).toHaveLength(2));
  expect(queries()[1]).toEqual({ ...usual, filter: '{"year":[2026]}' });
});

test("more documents than can be sorted are listed as they lie", async () => {
  const details = [{ field: "sortBy", message: "too many" }];
  const refused = Response.json(
    { error: "ValidationError", message: "No.", details },
    { status: 422 },
  );
  network({
    ...PLACE,
    [DOCUMENTS]: ({ query }: { query: Record<string, string> }) =>
      query.sortBy ? refused : { ...documentsPage(document()), totalDocuments: null },
  });
  visit(PATH, USER);
  expect(await screen.findByText("leave.pdf")).toBeVisible();
  expect(screen.getByText(/more than 5,000/)).toBeVisible();
  expect(tooMany(new ApiError(422, "ValidationError", "No.", [{ field: "filter" }]))).toBe(false);
});

test("documents are narrowed to those that failed", async () => {
  const log = network({
    ...PLACE,
    [DOCUMENTS]: ({ query }: { query: Record<string, string> }) =>
      query.status ? documentsPage() : documentsPage(document()),
  });
  visit(PATH, USER);
  expect(await screen.findByText("leave.pdf")).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: /Status/ }));
  await userEvent.click(await screen.findByRole("option", { name: "Failed" }));
  expect(await screen.findByText("Nothing here is “Failed”.")).toBeVisible();
  expect(log.findLast(({ route }) => route === DOCUMENTS)?.query.status).toBe("FAILED");
  await userEvent.click(screen.getByRole("button", { name: "Clear the filter" }));
  expect(await screen.findByText("leave.pdf")).toBeVisible();
});
