import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { hosted, model } from "@/features/models/testing";
import { network, refusal } from "@/test/api";
import { ADMIN, shown } from "@/test/session";
import { countsOf, troubled } from "./checks";
import HealthPage from "./HealthPage";

const HEALTH = "GET /v2/serve/health";
const LIST = "GET /v1/models";
const DEEP = "GET /v1/health/deep";
const TABLE = { name: "table lisa-LISAModelTable", milliseconds: 12, reason: null, fix: null };
const LETTERS = { name: "dead letters", milliseconds: 9, reason: "3 wait.", fix: "make redrive" };
const WELL = {
  status: "ok",
  deployment: "lisa",
  version: "0.1.0",
  checks: [{ ...TABLE, status: "ok" }],
};
const ILL = {
  ...WELL,
  status: "failed",
  checks: [...WELL.checks, { ...LETTERS, status: "failed" }],
};
const REASON = { code: "NoCapacity", message: "There was no machine.", fix: "Try later." };

test("what is well says so", async () => {
  network({ [HEALTH]: { status: "ok" }, [LIST]: { models: [model(), hosted()] }, [DEEP]: WELL });
  shown(<HealthPage />, ADMIN);

  expect(await screen.findByText(/Gateway: answers within \d+ ms/)).toBeInTheDocument();
  expect(await screen.findByText("API: answers")).toBeInTheDocument();
  expect(screen.getByText("2 in service")).toBeInTheDocument();
  expect(
    await screen.findByText("table lisa-LISAModelTable: answers within 12 ms"),
  ).toBeInTheDocument();
});

test("what LISA stands on says what failed, why, and what to do, before all else", async () => {
  network({ [HEALTH]: { status: "ok" }, [LIST]: { models: [] }, [DEEP]: ILL });
  shown(<HealthPage />, ADMIN);

  const failed = await screen.findByText("dead letters: 3 wait. make redrive");
  const well = screen.getByText(/table lisa-LISAModelTable/);
  expect(failed.compareDocumentPosition(well)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
});

test("a gateway that is not well says why, and a failed model what to do", async () => {
  network({
    [HEALTH]: refusal(503, "ModelsUnknown", "The models are not known yet. Try again."),
    [LIST]: { models: [model({ status: "Failed", failureReason: REASON })] },
    [DEEP]: WELL,
  });
  shown(<HealthPage />, ADMIN);

  expect(await screen.findByText(/Gateway: The models are not known yet/)).toBeInTheDocument();
  expect(await screen.findByText("1 failed")).toBeInTheDocument();
  expect(screen.getByText(/There was no machine. Try later./)).toBeInTheDocument();
});

test("an API that does not answer is not taken for one without models", async () => {
  const broken = refusal(500, "InternalError", "It broke.");
  network({
    [HEALTH]: { status: "ok" },
    [LIST]: broken,
    [DEEP]: refusal(403, "ForbiddenError", "Not you."),
  });
  shown(<HealthPage />, ADMIN);

  expect(await screen.findByText("API: It broke.")).toBeInTheDocument();
  expect(await screen.findByText("The installation's own checks: Not you.")).toBeInTheDocument();
  expect(screen.queryByText(/There are none yet/)).toBeNull();
});

test("a change that was taken back is counted beside the status", () => {
  const models = [model({ failureReason: REASON }), model({ status: "Starting" })];

  expect(countsOf(models).map(({ says }) => says.slice(0, 6))).toEqual([
    "1 back",
    "1 chan",
    "1 in s",
  ]);
  expect(troubled(models)).toHaveLength(1);
});
