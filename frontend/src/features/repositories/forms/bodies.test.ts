import { expect, test } from "vitest";
import { fieldsOfBody, namesIn } from "@/test/openapi";
import { NO_RERANKING, EMPTY as QUESTION, questionOf } from "../search/question";
import { collection } from "../testing/samples";
import * as ofCollection from "./collectionDraft";
import { labelsDraft, labelsOf, labelWords, wantedOf } from "./labels";
import * as ofPipeline from "./pipelineDraft";
import * as ofRepository from "./repositoryDraft";

// What each field holds is the forms' business: here it is whether there is one.
const FREE = ["customFields"];
const LABELS = { tags: ["hr"], customFields: "year=2026" };

function missing(body: string, ...sent: unknown[]): string[] {
  const named = new Set(sent.flatMap(namesIn));
  return fieldsOfBody(body, FREE).filter((name) => !named.has(name));
}

function wished(other: Partial<ofRepository.RepositoryDraft>) {
  const reached = { username: "u", passwordSecretId: "s" };
  return ofRepository.requestOf({ ...ofRepository.EMPTY, ...reached, ...LABELS, ...other });
}

test("every field of a new repository has its place", () => {
  const pipeline = ofPipeline.pipelineOf({ ...ofPipeline.EMPTY, kind: "fixed" });
  const requests = (["pgvector", "opensearch"] as const).flatMap((type) =>
    (["existing", "new"] as const).map((place) => wished({ type, place })),
  );
  // Pipelines have a page of their own, once the repository is there.
  expect(missing("RepositoryRequest", ...requests, { pipelines: [pipeline] })).toEqual([]);
});

test("every field of a collection has its place", () => {
  const draft = { ...ofCollection.EMPTY, name: "All", ...LABELS, rerankModel: "r" };
  expect(missing("CollectionRequest", ofCollection.requestOf(draft))).toEqual([]);
  expect(missing("CollectionUpdate", ofCollection.requestOf(draft, collection()))).toEqual([]);
});

test("a pipeline comes back from its form as it was", () => {
  const was = {
    s3Bucket: "files",
    s3Prefix: "handbook/",
    trigger: "daily" as const,
    autoRemove: false,
    collectionId: collection().collectionId,
    chunkingStrategy: { kind: "fixed" as const, size: 300, overlap: 20 },
    metadata: { tags: ["hr"], customFields: { year: 2026, code: "2026", final: true } },
  };
  expect(ofPipeline.pipelineOf(ofPipeline.draftOf(was))).toEqual(was);
  const usual = { ...was, chunkingStrategy: null };
  expect(ofPipeline.pipelineOf(ofPipeline.draftOf(usual))).toEqual(usual);
});

test("fields keep their names and types", () => {
  const labels = { tags: [], customFields: { "cost-centre": "0042", share: 0.5, open: false } };
  expect(labelsOf(labelsDraft(labels))).toEqual(labels);
  expect(labelWords(labels)).toEqual(["cost-centre: 0042", "share: 0.5", "open: false"]);
});

test("of a field that is named twice either value is looked for", () => {
  expect(wantedOf("tags=hr\ntags=law\nyear=2026")).toEqual({ tags: ["hr", "law"], year: [2026] });
  expect(wantedOf("")).toBeUndefined();
});

test("a question says what is chosen, and nothing else", () => {
  const draft = { ...QUESTION, text: " How much? " };
  expect(questionOf(draft)).toEqual({ query: "How much?", topK: 5 });
  const chosen = { weight: "0", neighbours: "2", rerank: NO_RERANKING, filter: "year=2026" };
  expect(questionOf({ ...draft, ...chosen })).toEqual({
    query: "How much?",
    topK: 5,
    vectorWeight: 0,
    neighbours: 2,
    rerank: false,
    filter: { year: [2026] },
  });
});
