"""Serve one model with TGI: weights from S3, OpenAI's chat API on a port."""

from serving.servers.tgi import SERVER
from serving.start import start

if __name__ == "__main__":
    raise SystemExit(start(SERVER))
