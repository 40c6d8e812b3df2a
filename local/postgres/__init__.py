"""PostgreSQL with pgvector on a laptop: the binaries of a wheel, run directly."""
