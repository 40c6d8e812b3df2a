"""Serve one model with vLLM: weights from S3, OpenAI's API on a port."""

from serving.servers.vllm import SERVER
from serving.start import start

if __name__ == "__main__":
    raise SystemExit(start(SERVER))
