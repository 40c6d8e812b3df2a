"""Serve one GGUF model with llama.cpp: weights from S3, OpenAI's API on a port."""

from llamacpp.main import main

if __name__ == "__main__":
    raise SystemExit(main())
