import type { Collection, Document, Job, Repository, SearchAnswer } from "../types";

/** What the API answers, whole; a test says what is other. */
export function repository(other: Partial<Repository> = {}): Repository {
  return {
    repositoryId: "hr-docs",
    repositoryName: "HR documents",
    description: "Rules of the house",
    embeddingModelId: "minilm",
    language: "english",
    defaultCollectionId: COLLECTION_ID,
    type: "pgvector",
    allowedGroups: [],
    metadata: { tags: ["hr"], customFields: {} },
    status: "CREATE_COMPLETE",
    supportsHybridSearch: true,
    createdAt: "2026-11-30T10:00:00Z",
    updatedAt: "2026-11-30T10:00:00Z",
    ...other,
  };
}

export const COLLECTION_ID = "3b1d0b3a-7a55-4f6c-9d5e-8a4f2d1c0b9a";

export function collection(other: Partial<Collection> = {}): Collection {
  return {
    collectionId: COLLECTION_ID,
    repositoryId: "hr-docs",
    name: "Default",
    description: "",
    embeddingModel: "minilm",
    dimensions: 384,
    language: "english",
    chunkingStrategy: { kind: "structure", size: 200, overlap: 0 },
    allowChunkingOverride: true,
    searchSettings: { mode: "hybrid", vectorWeight: null, rerankModel: null, neighbours: 0 },
    metadata: { tags: [], customFields: {} },
    allowedGroups: null,
    default: true,
    status: "ACTIVE",
    reason: null,
    createdBy: "admin",
    createdAt: "2026-11-30T10:00:00Z",
    updatedAt: "2026-11-30T10:00:00Z",
    ...other,
  };
}

export function document(other: Partial<Document> = {}): Document {
  return {
    documentId: "5a0c8a2e-3f77-5b1e-8f0d-0d6f3a1c9e44",
    repositoryId: "hr-docs",
    collectionId: COLLECTION_ID,
    documentName: "leave.pdf",
    source: `s3://bucket/uploads/hr-docs/${COLLECTION_ID}/owner/id/leave.pdf`,
    ingestionType: "manual",
    username: "ada",
    mine: true,
    uploadDate: "2026-11-30T10:00:00Z",
    updatedAt: "2026-11-30T10:00:00Z",
    status: "COMPLETED",
    step: null,
    progress: 1,
    size: 120_000,
    title: "Leave",
    mediaType: "application/pdf",
    pages: 3,
    chunks: 7,
    warnings: [],
    chunkingStrategy: null,
    metadata: null,
    jobId: "job",
    reason: null,
    ...other,
  };
}

export function documentsPage(...documents: Document[]) {
  return {
    documents,
    totalDocuments: documents.length,
    lastEvaluatedKey: null,
    hasNextPage: false,
  };
}

export function job(other: Partial<Job> = {}): Job {
  return {
    id: "job",
    jobType: "document_ingestion",
    status: "INGESTION_COMPLETED",
    progress: 1,
    repositoryId: "hr-docs",
    collectionId: COLLECTION_ID,
    documentId: document().documentId,
    documentName: "leave.pdf",
    ingestionType: "manual",
    createdAt: "2026-11-30T10:00:00Z",
    updatedAt: "2026-11-30T10:00:00Z",
    username: "ada",
    reason: null,
    ...other,
  };
}

export function searchAnswer(text = "Thirty days a year."): SearchAnswer {
  const metadata = {
    documentId: document().documentId,
    title: "Leave",
    source: "s3://bucket/leave.pdf",
    headings: ["Rules", "Leave"],
    pages: [2, 3],
    span: [0, text.length],
    chunks: [0],
    rank: 1,
    scores: { score: 0.9, similarity: 0.8, bm25: null, fused: 0.9, rerank: null },
  };
  return {
    docs: [{ Document: { page_content: text, metadata } }],
    metadata: {
      search_mode: "hybrid",
      actual_mode_used: "hybrid",
      hybrid_supported: true,
      backend: "pgvector",
      vector_weight: 0.5,
      rerank_model: null,
      warnings: [],
      repositoryId: "hr-docs",
      collectionId: COLLECTION_ID,
      embeddingModel: "minilm",
    },
  };
}
