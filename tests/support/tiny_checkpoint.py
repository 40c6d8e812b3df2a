"""The smallest checkpoint that a plan can read: a Llama of two layers without a meaning."""

import json
import math

CONFIG = {
    "architectures": ["LlamaForCausalLM"],
    "model_type": "llama",
    "hidden_size": 64,
    "intermediate_size": 128,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "max_position_embeddings": 32768,
    "vocab_size": 256,
    "torch_dtype": "bfloat16",
}
SHAPES = {
    "model.embed_tokens.weight": (256, 64),
    "lm_head.weight": (256, 64),
    **{f"model.layers.{n}.self_attn.q_proj.weight": (64, 64) for n in range(2)},
}


def tiny_checkpoint(prefix: str) -> dict[str, bytes]:
    """Return the files below a prefix: key -> content."""
    files = {"config.json": json.dumps(CONFIG).encode(), "model.safetensors": _safetensors()}
    return {f"{prefix}/{name}": content for name, content in files.items()}


def _safetensors() -> bytes:
    header, end = {}, 0
    for name, shape in SHAPES.items():
        begin, end = end, end + 2 * math.prod(shape)
        header[name] = {"dtype": "BF16", "shape": shape, "data_offsets": [begin, end]}
    text = json.dumps(header).encode()
    return len(text).to_bytes(8, "little") + text + bytes(end)
