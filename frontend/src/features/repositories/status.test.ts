import { expect, test } from "vitest";
import { documentStatus, jobStatus, keyOf, moves, repositoryStatus } from "./status";
import type { RepositoryStatus } from "./types";

test("a document under way tells the step that it is at", () => {
  expect(documentStatus({ status: "IN_PROGRESS", step: "EMBED" }).text).toBe("Embedding");
  expect(documentStatus({ status: "FAILED", step: "PARSE" }).type).toBe("error");
});

test.each([
  ["PENDING", true],
  ["IN_PROGRESS", true],
  ["DELETING", true],
  ["INGESTION_PENDING", true],
  ["DELETE_IN_PROGRESS", true],
  ["COMPLETED", false],
  ["FAILED", false],
  ["DELETE_FAILED", false],
  ["CREATE_COMPLETE", false],
  ["ACTIVE", false],
])("%s changes by itself: %s", (status, does) => {
  expect(moves({ status })).toBe(does);
});

test("a status that is new to this page is shown as it is", () => {
  expect(repositoryStatus("ARCHIVED" as RepositoryStatus)).toEqual({
    type: "info",
    text: "ARCHIVED",
  });
});

test("a job's end is told whatever its kind", () => {
  expect(jobStatus({ status: "DELETE_COMPLETED" }).text).toBe("Done");
  expect(jobStatus({ status: "INGESTION_FAILED" }).type).toBe("error");
});

test("a key is what a source says after its bucket", () => {
  expect(keyOf({ source: "s3://files/uploads/a b/c.pdf" })).toBe("uploads/a b/c.pdf");
});
