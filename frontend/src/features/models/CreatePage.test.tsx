import createWrapper from "@cloudscape-design/components/test-utils/dom";
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { Route, Routes } from "react-router";
import { expect, test } from "vitest";
import { type Answer, network, refusal } from "@/test/api";
import { ADMIN, shown } from "@/test/session";
import CreatePage from "./CreatePage";
import { plan } from "./testing";

const PATIENT = { timeout: 20_000 };

function start(answers: Record<string, Answer> = {}) {
  const asked = network({ "GET /v1/models/metadata/instances": ["m5.large"], ...answers });
  const routes = (
    <Routes>
      <Route path="/models/create" element={<CreatePage />} />
      <Route path="/models/:modelId" element="Its page" />
    </Routes>
  );
  shown(routes, ADMIN, "/models/create");
  return asked;
}

async function fill(label: string, text: string) {
  await userEvent.type(screen.getByRole("textbox", { name: label }), text);
}

async function next() {
  await userEvent.click(screen.getByRole("button", { name: "Next" }));
}

test("a provider's model is made in three steps, and its key is not shown", PATIENT, async () => {
  const asked = start({ "POST /v1/models": {} });
  await fill("Name", "titan");
  await fill("The provider's name for it", "bedrock/titan");
  await userEvent.type(screen.getByLabelText(/API key/), "sk-1");
  await next();
  await screen.findByRole("textbox", { name: "Groups that may call it" });
  await next();
  expect(await screen.findByText(/\(not shown\)/)).toBeInTheDocument();
  expect(screen.queryByText(/sk-1/)).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: "Create model" }));

  expect(await screen.findByText("Its page")).toBeInTheDocument();
  const sent = asked.find(({ route }) => route === "POST /v1/models")?.body;
  expect(sent).toMatchObject({ modelId: "titan", modelName: "bedrock/titan", apiKey: "sk-1" });
});

test("what is missing is asked for before the next step", PATIENT, async () => {
  start();
  await next();

  expect(await screen.findByText(/Give its name, such as/)).toBeInTheDocument();
  expect(screen.getByRole("heading", { name: "What it is" })).toBeInTheDocument();
});

test("the plan is shown while a hosted model is written", PATIENT, async () => {
  const reason = { code: "WeightsMissing", message: "Nothing lies there.", fix: "Stage it." };
  const asked = start({ "POST /v1/models/plan": { plan: plan({ starts: false, reason }) } });
  await userEvent.click(screen.getByRole("radio", { name: /runs here/ }));
  await fill("Name", "tiny");
  await fill("Weights", "demo/tiny");
  await next();
  await fill("Container image", "lisa/llamacpp:local");
  const machine = createWrapper().findAllSelects().at(1);
  machine?.openDropdown();
  machine?.selectOptionByValue("m5.large");

  expect(await screen.findByText("It would not start: WeightsMissing")).toBeInTheDocument();
  expect(screen.getByText("Stage it.")).toBeInTheDocument();
  const planned = asked.filter(({ route }) => route === "POST /v1/models/plan");
  expect(planned).toHaveLength(1);
});

test("what the API refuses is said, and nothing typed is lost", PATIENT, async () => {
  const taken = refusal(400, "ModelAlreadyExistsError", "A model of this name exists.");
  start({ "POST /v1/models": taken });
  await fill("Name", "titan");
  await fill("The provider's name for it", "bedrock/titan");
  await next();
  await screen.findByRole("textbox", { name: "Groups that may call it" });
  await next();
  await userEvent.click(await screen.findByRole("button", { name: "Create model" }));

  expect(await screen.findByText("A model of this name exists.")).toBeInTheDocument();
  expect(screen.getByText(/"modelId": "titan"/)).toBeInTheDocument();
});
