"""Serve one embedding model with TEI: weights from S3, OpenAI's embeddings API on a port."""

from serving.servers.tei import SERVER
from serving.start import start

if __name__ == "__main__":
    raise SystemExit(start(SERVER))
