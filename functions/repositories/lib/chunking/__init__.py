"""Documents become chunks that fit an embedding model."""
