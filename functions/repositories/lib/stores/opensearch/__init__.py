"""OpenSearch, as a managed domain or Serverless: kNN beside BM25, and editions of documents."""
