import { screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
import { network } from "@/test/api";
import { ADMIN, USER } from "@/test/session";
import { COLLECTION_ID, collection, repository } from "../testing/samples";
import { visit } from "../testing/visit";

const MODELS = { models: [{ modelId: "minilm", modelType: "embedding" }] };

test("pages that change repositories are for administrators", async () => {
  network({});
  visit("/repositories/_new", USER);
  expect(await screen.findByText("The repository could not be loaded")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Create" })).toBeNull();
});

test("an incomplete repository is not sent, and each gap is told", async () => {
  const log = network({ "GET /v1/models": MODELS });
  visit("/repositories/_new", ADMIN);
  await userEvent.click(await screen.findByRole("button", { name: "Create" }));
  expect(screen.getByText(/3 to 20 small letters/)).toBeVisible();
  expect(screen.getByText(/Choose the model/)).toBeVisible();
  expect(screen.getByText(/host's name/)).toBeVisible();
  expect(log.some((one) => one.route.startsWith("POST"))).toBe(false);
});

test("what the API refuses is told at its field", async () => {
  const details = [{ field: "name", message: "must be another one" }];
  network({
    "GET /v1/repository/hr-docs": repository(),
    "POST /v1/repository/hr-docs/collection": Response.json(
      { error: "ValidationError", message: "No.", details },
      { status: 422 },
    ),
  });
  visit("/repositories/hr-docs/new-collection", { ...USER, curator: true });
  await userEvent.type(await screen.findByRole("textbox", { name: "Name" }), "Contracts");
  await userEvent.click(screen.getByRole("button", { name: "Create" }));
  expect(await screen.findByText("This must be another one.")).toBeVisible();
});

test("a collection is saved with what was changed and all that was not", async () => {
  const path = `/v1/repository/hr-docs/collection/${COLLECTION_ID}`;
  const was = collection({ metadata: { tags: [], customFields: { year: 2026 } } });
  const log = network({
    "GET /v1/repository/hr-docs": repository(),
    [`GET ${path}`]: was,
    [`PUT ${path}`]: was,
  });
  visit(`/repositories/hr-docs/${COLLECTION_ID}/edit`, ADMIN);
  const name = await screen.findByRole("textbox", { name: "Name" });
  await userEvent.clear(name);
  await userEvent.type(name, "Rules");
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByText("Default was saved")).toBeInTheDocument();
  expect(log.find((one) => one.route === `PUT ${path}`)?.body).toMatchObject({
    name: "Rules",
    allowedGroups: null,
    metadata: { tags: [], customFields: { year: 2026 } },
    chunkingStrategy: { kind: "structure", size: 200, overlap: 0 },
  });
});

test("a pipeline is added to those that are there", async () => {
  const one = {
    s3Bucket: "files",
    s3Prefix: "handbook/",
    trigger: "event" as const,
    autoRemove: true,
    collectionId: null,
    chunkingStrategy: null,
    metadata: { tags: [], customFields: {} },
  };
  const log = network({
    "GET /v1/repository/hr-docs": repository({ pipelines: [one] }),
    "GET /v1/repository/hr-docs/collection": {
      collections: [],
      pagination: { totalCount: 0 },
      lastEvaluatedKey: null,
    },
    "PUT /v1/repository/hr-docs": repository(),
  });
  visit("/repositories/hr-docs/pipelines", ADMIN);
  expect(await screen.findByText("s3://files/handbook/")).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Add pipeline" }));
  await userEvent.type(screen.getByRole("textbox", { name: "Bucket" }), "more");
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  await expect.poll(() => log.some(({ route }) => route.startsWith("PUT"))).toBe(true);
  const sent = log.find(({ route }) => route.startsWith("PUT"))?.body;
  expect(sent).toEqual({ pipelines: [one, { ...one, s3Bucket: "more", s3Prefix: "" }] });
});

test("a tag that was typed and not added is sent, and the form stays where it is", async () => {
  const path = "/v1/repository/hr-docs";
  const log = network({ [`GET ${path}`]: repository(), [`PUT ${path}`]: repository() });
  visit("/repositories/hr-docs/edit", ADMIN);
  const tags = await screen.findByRole("textbox", { name: /Tags/ });
  await userEvent.type(tags, "law{Enter}law");
  expect(screen.getByRole("button", { name: "Take law away" })).toBeVisible();
  await userEvent.clear(tags);
  await userEvent.type(tags, "tax");
  await userEvent.tab();
  expect(screen.queryByRole("button", { name: "Take tax away" })).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: "Take hr away" }));
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  const sent = () => log.find(({ route }) => route === `PUT ${path}`)?.body;
  await expect.poll(sent).toMatchObject({ metadata: { tags: ["law", "tax"] } });
});

test("a curator chooses among the models that embed, or names another one", async () => {
  const path = "/v1/repository/hr-docs/collection";
  const log = network({
    "GET /v1/repository/hr-docs": repository(),
    "GET /v2/serve/models": {
      data: [
        { id: "e5", model_type: "embedding" },
        { id: "chat", model_type: "textgen" },
      ],
    },
    [`POST ${path}`]: collection(),
  });
  visit("/repositories/hr-docs/new-collection", { ...USER, curator: true });
  await userEvent.type(await screen.findByRole("textbox", { name: "Name" }), "Contracts");
  const model = screen.getByRole("combobox", { name: /Embedding model/ });
  await userEvent.click(model);
  const offered = await screen.findAllByRole("option");
  expect(offered.map((one) => one.textContent)).toEqual(["e5"]);
  await userEvent.type(model, "e5-large{Escape}");
  await userEvent.click(screen.getByRole("button", { name: "Create" }));
  await expect
    .poll(() => log.find(({ route }) => route === `POST ${path}`)?.body)
    .toMatchObject({
      name: "Contracts",
      embeddingModel: "e5-large",
    });
});
