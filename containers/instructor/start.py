"""Serve one instructed embedding model: weights from S3, OpenAI's embeddings API on a port."""

from instructor.main import main

if __name__ == "__main__":
    raise SystemExit(main())
