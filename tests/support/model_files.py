"""A small model's files, as a hub or a folder has them."""

import json
import struct
from collections.abc import Mapping


def safetensors(tensors: Mapping[str, bytes]) -> bytes:
    """A file with tensors of bytes."""
    header, end = {}, 0
    for name, content in tensors.items():
        header[name] = {
            "dtype": "U8",
            "shape": [len(content)],
            "data_offsets": [end, end + len(content)],
        }
        end += len(content)
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + b"".join(tensors.values())


def index(parts: Mapping[str, str]) -> bytes:
    """Which tensor is in which part."""
    return json.dumps({"metadata": {"total_size": 1}, "weight_map": dict(parts)}).encode()


CONFIG = b'{"architectures": ["LlamaForCausalLM"], "tie_word_embeddings": true}'
BESIDE = {
    "config.json": CONFIG,
    "generation_config.json": b"{}",
    "tokenizer.json": b"{}",
    "tokenizer_config.json": b"{}",
    "chat_template.jinja": b"{{ messages }}",
    "LICENSE": b"Do as you like.",
}
PARTS = {
    "model-00001-of-00002.safetensors": safetensors({"a": b"a" * 3000}),
    "model-00002-of-00002.safetensors": safetensors({"b": b"b" * 5000}),
}
INDEX = index({"a": "model-00001-of-00002.safetensors", "b": "model-00002-of-00002.safetensors"})
IN_PARTS = BESIDE | PARTS | {"model.safetensors.index.json": INDEX}
# The same weights for other programs, and what no program needs.
OTHERS = {
    "README.md": b"# Hello",
    ".gitattributes": b"*.bin filter=lfs",
    "pytorch_model-00001-of-00001.bin": b"PK",
    "pytorch_model.bin.index.json": b"{}",
    "tf_model.h5": b"h5",
    "flax_model.msgpack": b"flax",
    "onnx/model.onnx": b"onnx",
    "onnx/config.json": b"{}",
    "original/consolidated.00.pth": b"PK",
    "training_args.bin": b"PK",
    "modeling_own.py": b"print('hello')",
}
