"""GGUF files as llama.cpp's converter writes them, before tensors that nobody wrote."""

from typing import Any

from tests.support.planning_fakes import InMemoryModelFiles, Sparse

type Json = dict[str, Any]

LLAMA_GGUF: Json = {
    "general.architecture": "llama",
    "llama.block_count": 16,
    "llama.context_length": 131072,
    "llama.embedding_length": 2048,
    "llama.feed_forward_length": 8192,
    "llama.attention.head_count": 32,
    "llama.attention.head_count_kv": 8,
    "llama.attention.key_length": 64,
    "llama.attention.value_length": 64,
    "llama.vocab_size": 128256,
    "tokenizer.ggml.tokens": ["a", "b"],
}


def gguf(pairs: Json, size: int = 1_300_000_000) -> Sparse:
    """Return a GGUF file (version 3) of these pairs before tensors that nobody wrote."""
    body = b"".join(_text(name) + _value(value) for name, value in pairs.items())
    head = b"GGUF" + (3).to_bytes(4, "little") + (1).to_bytes(8, "little")
    return Sparse(head + len(pairs).to_bytes(8, "little") + body, size)


def gguf_folder(pairs: Json, name: str = "model.gguf") -> InMemoryModelFiles:
    """Return a bucket with one GGUF model at `org/model`."""
    files = InMemoryModelFiles()
    files.put(f"org/model/{name}", gguf(pairs))
    return files


def _text(text: str) -> bytes:
    return len(text.encode()).to_bytes(8, "little") + text.encode()


def _value(value: Any) -> bytes:
    if isinstance(value, bool):
        return (7).to_bytes(4, "little") + bytes([value])
    if isinstance(value, int):
        return (4).to_bytes(4, "little") + value.to_bytes(4, "little")
    if isinstance(value, str):
        return (8).to_bytes(4, "little") + _text(value)
    texts = isinstance(value[0], str)
    items = [_text(item) if texts else item.to_bytes(4, "little") for item in value]
    kind, count = (8 if texts else 4).to_bytes(4, "little"), len(value).to_bytes(8, "little")
    return (9).to_bytes(4, "little") + kind + count + b"".join(items)
