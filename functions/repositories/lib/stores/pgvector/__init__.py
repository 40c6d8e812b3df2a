"""PostgreSQL with pgvector: HNSW, BM25 in plain SQL, and one transaction for each document."""
