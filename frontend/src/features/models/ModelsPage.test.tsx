import createWrapper from "@cloudscape-design/components/test-utils/dom";
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { Route, Routes } from "react-router";
import { expect, test } from "vitest";
import { network, refusal } from "@/test/api";
import { ADMIN, shown } from "@/test/session";
import ModelPage from "./ModelPage";
import ModelsPage from "./ModelsPage";
import { actionsFor, isChanging, providerOf } from "./status";
import { hosted, model } from "./testing";
import type { Model } from "./types";

const LIST = "GET /v1/models";
const FAILED = model({
  status: "Failed",
  failureReason: { code: "WeightsMissing", message: "Nothing lies there.", fix: "Stage it." },
});

function showModel(found: object, path = "/models/titan") {
  const asked = network({ "GET /v1/models/titan": found, "PUT /v1/models/titan": found });
  const routes = (
    <Routes>
      <Route path="/models" element="All models" />
      <Route path="/models/:modelId" element={<ModelPage />} />
    </Routes>
  );
  shown(routes, ADMIN, path);
  return asked;
}

async function choose(item: string) {
  await screen.findAllByRole("button", { name: /Actions/ });
  const menu = createWrapper().findButtonDropdown();
  menu?.openDropdown();
  menu?.findItemById(item)?.click();
}

test("models are listed with who serves them and how they fare", async () => {
  network({ [LIST]: { models: [hosted({ status: "Starting" }), FAILED] } });
  shown(<ModelsPage />, ADMIN);

  expect(await screen.findByRole("link", { name: "tiny" })).toHaveAttribute(
    "href",
    "#/models/tiny",
  );
  expect(screen.getByText("Hosted here (llamacpp)")).toBeInTheDocument();
  expect(screen.getByText("Starting")).toBeInTheDocument();
  expect(screen.getByText("Failed: WeightsMissing")).toBeInTheDocument();
});

test("without models the page says what to do", async () => {
  network({ [LIST]: { models: [] } });
  shown(<ModelsPage />, ADMIN);

  expect(await screen.findByText(/Create one: a provider's needs/)).toBeInTheDocument();
});

test("a list that fails says why", async () => {
  network({ [LIST]: refusal(500, "InternalError", "Something broke. Try again.") });
  shown(<ModelsPage />, ADMIN);

  expect(await screen.findByText("Something broke. Try again.")).toBeInTheDocument();
});

test("a model that is starting is asked for again until it is in service", async () => {
  let status: Model["status"] = "Starting";
  network({ [LIST]: () => ({ models: [model({ status })] }) });
  shown(<ModelsPage />, ADMIN);
  await screen.findByText("Starting");

  status = "InService";

  expect(await screen.findByText("In service", undefined, { timeout: 4_000 })).toBeInTheDocument();
});

test("a failure stands with its cause and what to do", async () => {
  showModel({ model: FAILED });

  expect(await screen.findByText("It cannot serve: WeightsMissing")).toBeInTheDocument();
  expect(screen.getByText("Nothing lies there.")).toBeInTheDocument();
  expect(screen.getByText("Stage it.")).toBeInTheDocument();
});

test("a model is stopped once that is confirmed", async () => {
  const asked = showModel({ model: model() });
  await choose("stop");
  await userEvent.click(await screen.findByRole("button", { name: "Stop" }));

  expect(asked.find(({ route }) => route.startsWith("PUT"))?.body).toEqual({ enabled: false });
});

test("a model is deleted only by its name", async () => {
  const asked = network({
    "GET /v1/models/titan": { model: model() },
    "DELETE /v1/models/titan": { status: "success" },
  });
  shown(
    <Routes>
      <Route path="/models" element="All models" />
      <Route path="/models/:modelId" element={<ModelPage />} />
    </Routes>,
    ADMIN,
    "/models/titan",
  );
  await choose("delete");
  const input = await screen.findByRole("textbox", { name: /Type titan/ });
  await userEvent.type(input, "tita{Enter}");
  expect(await screen.findByText("This is not the model's name.")).toBeInTheDocument();
  expect(asked.some(({ route }) => route.startsWith("DELETE"))).toBe(false);

  await userEvent.type(input, "n{Enter}");

  expect(await screen.findByText("All models")).toBeInTheDocument();
  expect(asked.some(({ route }) => route === "DELETE /v1/models/titan")).toBe(true);
});

test("a key is sent, and never shown", async () => {
  const asked = showModel({ model: model({ hasApiKey: true }) });
  await choose("key");
  await userEvent.type(await screen.findByLabelText("Key"), "sk-1{Enter}");

  expect(await screen.findByText(/The key of titan was changed/)).toBeInTheDocument();
  expect(asked.find(({ route }) => route.startsWith("PUT"))?.body).toEqual({ apiKey: "sk-1" });
  expect(screen.queryByText("sk-1")).toBeNull();
});

test("of a model's servers what was changed is sent, and folded fields open when they are wrong", async () => {
  const asked = showModel({ model: hosted({ modelId: "titan" }) });
  await choose("scaling");
  const variables = await screen.findByRole("textbox", { name: "Variables of the server" });
  await userEvent.clear(variables);
  await userEvent.type(variables, "A=1");
  const span = screen.getByRole("textbox", { name: "Time between two checks (s)", hidden: true });
  await userEvent.clear(span);
  await userEvent.type(span, "4");
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByText("Give a whole number from 5 to 300.")).toBeVisible();

  await userEvent.type(span, "0{Enter}");

  expect(await screen.findByText("titan is being changed")).toBeInTheDocument();
  expect(asked.find(({ route }) => route.startsWith("PUT"))?.body).toEqual({
    containerConfig: {
      environment: { B: "LISA_MARKED_FOR_DELETION" },
      healthCheckInterval: 40,
    },
  });
});

test("a model that is gone is said to be", async () => {
  showModel(refusal(404, "ModelNotFoundError", "It could not be found."));

  expect(await screen.findByText("There is no model titan")).toBeInTheDocument();
});

test("what can be done follows the status", () => {
  expect(actionsFor(model({ status: "Creating" }))).toEqual(["delete"]);
  expect(actionsFor(FAILED)).toEqual(["context", "delete"]);
  expect(actionsFor(model({ status: "Stopped" }))[0]).toBe("start");
  expect(actionsFor(hosted())).toContain("scaling");
  expect(actionsFor(hosted())).not.toContain("key");
  expect([isChanging("Updating"), isChanging("Failed")]).toEqual([true, false]);
  expect(providerOf(model())).toBe("bedrock");
});
