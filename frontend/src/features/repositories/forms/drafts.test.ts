import { expect, test } from "vitest";
import { ApiError } from "@/api/errors";
import { collection, repository } from "../testing/samples";
import type { Repository } from "../types";
import * as ofCollection from "./collectionDraft";
import * as ofRepository from "./repositoryDraft";
import { problemsOf, refusalOf } from "./useForm";

const REPOSITORY = { ...ofRepository.EMPTY, repositoryId: "hr-docs", embeddingModelId: "minilm" };

test.each([
  [{ dbHost: "db", username: "ada" }, ["username"]],
  [{ dbHost: "db", username: "ada", passwordSecretId: "lisa/x" }, []],
  [{ dbHost: "db:5432", username: "lisa" }, ["dbHost"]],
  [{ dbHost: "db", username: "lisa", dbPort: "0" }, ["dbPort"]],
  [{ type: "opensearch", endpoint: "https://es.example/path" }, ["endpoint"]],
  [{ type: "opensearch", place: "new", dataNodes: "3" }, ["dataNodes"]],
  [{ place: "new", storage: "10", instanceClass: "large" }, ["instanceClass", "storage"]],
] as [Partial<ofRepository.RepositoryDraft>, string[]][])("%j lacks %j", (filled, fields) => {
  const problems = problemsOf({ ...REPOSITORY, ...filled }, ofRepository.RULES);
  expect(Object.keys(problems).sort()).toEqual(fields);
});

test("a database that exists is named, and one to be made is described", () => {
  const existing = ofRepository.requestOf({ ...REPOSITORY, dbHost: "db", username: "lisa" });
  expect(existing.rdsConfig).toEqual({
    dbHost: "db",
    dbPort: 5432,
    dbName: "postgres",
    username: "lisa",
    tls: "require",
  });
  const made = ofRepository.requestOf({ ...REPOSITORY, place: "new" });
  expect(made.rdsConfig).toEqual({
    instanceClass: "db.t4g.medium",
    storage: 20,
    multiAz: false,
    version: "17",
  });
  const domain = ofRepository.requestOf({ ...REPOSITORY, type: "opensearch", place: "new" });
  expect(domain).not.toHaveProperty("rdsConfig");
  expect(domain.opensearchConfig).toMatchObject({ dataNodes: 2, volumeSize: 20 });
});

test("a repository that failed is asked for again as it was filled in", () => {
  const filled = { ...REPOSITORY, repositoryName: "HR", dbHost: "db", username: "lisa" };
  const existing = repository(ofRepository.requestOf(filled) as Partial<Repository>);
  expect(ofRepository.draftOf(existing)).toEqual(filled);
  const made = { ...filled, place: "new" as const, dbHost: "", username: "", storage: "40" };
  const { rdsConfig: wished, ...rest } = ofRepository.requestOf(made);
  const told = { ...rest, rdsConfig: null, infrastructure: wished } as Partial<Repository>;
  const failed = repository(told);
  expect(ofRepository.draftOf(failed)).toEqual(made);
});

test("a repository keeps its own fields when its tags change", () => {
  const was = repository({ metadata: { tags: ["hr"], customFields: { year: 2026 } } });
  const draft = { ...ofRepository.draftOf(was), tags: ["law"] };
  expect(ofRepository.updateOf(draft, was).metadata).toEqual({
    tags: ["law"],
    customFields: { year: 2026 },
  });
});

test("a collection comes back from its form as it was", () => {
  const was = collection({
    allowedGroups: ["hr"],
    searchSettings: { mode: "hybrid", vectorWeight: 0.7, rerankModel: "again", neighbours: 2 },
  });
  const sent = ofCollection.requestOf(ofCollection.draftOf(was), was);
  for (const [name, value] of Object.entries(sent)) {
    expect([name, value]).toEqual([name, was[name as keyof typeof was]]);
  }
});

test("documents that are left whole have no size", () => {
  const draft = { ...ofCollection.EMPTY, name: "All", kind: "none" as const, size: "" };
  expect(problemsOf(draft, ofCollection.RULES)).toEqual({});
  expect(ofCollection.requestOf(draft).chunkingStrategy).toEqual({ kind: "none" });
});

test("a refusal that names no field of the form is told as a whole", () => {
  const error = new ApiError(422, "ValidationError", "No.", [
    { field: "rdsConfig.dbHost", message: "must be a host" },
    { field: "body", message: "is too large" },
  ]);
  expect(refusalOf(error, ["dbHost"])).toEqual({
    problems: { dbHost: "This must be a host." },
    failure: "body: is too large",
  });
});
