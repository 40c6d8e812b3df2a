"""Small checkpoints with random weights, in the layout of the real ones."""

import json
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import save_file

SPECIAL = ["<|bos|>", "<|end|>", "<|pad|>"]
LLAMA = {
    "hidden_size": 16,
    "intermediate_size": 32,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "head_dim": 4,
    "max_position_embeddings": 64,
    "rms_norm_eps": 1e-5,
    "rope_parameters": {"rope_theta": 10000.0},
    "bos_token_id": 0,
    "eos_token_id": 1,
    "pad_token_id": 2,
}
BERT = {
    "hidden_size": 16,
    "intermediate_size": 32,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "max_position_embeddings": 64,
    "type_vocab_size": 2,
    "layer_norm_eps": 1e-12,
}


def llama(folder: Path) -> Path:
    tokens = [*SPECIAL, "h", "e", "he"]
    shapes = {"model.embed_tokens": (len(tokens), 16), "model.norm": (16,)}
    for layer in ("model.layers.0", "model.layers.1"):
        shapes |= {
            f"{layer}.{norm}": (16,) for norm in ("input_layernorm", "post_attention_layernorm")
        }
        shapes |= {f"{layer}.self_attn.{part}_proj": (16, 16) for part in "qo"}
        shapes |= {f"{layer}.self_attn.{part}_proj": (8, 16) for part in "kv"}
        shapes |= {f"{layer}.mlp.{part}_proj": (32, 16) for part in ("gate", "up")}
        shapes |= {f"{layer}.mlp.down_proj": (16, 32)}
    (folder / "chat_template.jinja").write_text("{{ messages }}")
    (folder / "generation_config.json").write_text('{"temperature": 0.5}')
    return write(folder, LLAMA, tokens, {f"{name}.weight": of for name, of in shapes.items()})


def bert(folder: Path) -> Path:
    tokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "go", "##ing"]
    stems = {
        f"embeddings.{part}_embeddings": (size, 16)
        for part, size in (("word", len(tokens)), ("position", 64), ("token_type", 2))
    }
    shapes: dict[str, tuple[int, ...]] = {f"{stem}.weight": of for stem, of in stems.items()}
    dense: dict[str, tuple[int, ...]] = {"embeddings.LayerNorm": (16,), "pooler.dense": (16, 16)}
    for layer in ("encoder.layer.0", "encoder.layer.1"):
        dense |= {f"{layer}.attention.self.{part}": (16, 16) for part in ("query", "key", "value")}
        dense |= {
            f"{layer}.attention.output.dense": (16, 16),
            f"{layer}.intermediate.dense": (32, 16),
        }
        dense |= {f"{layer}.output.dense": (16, 32), f"{layer}.output.LayerNorm": (16,)}
        dense |= {f"{layer}.attention.output.LayerNorm": (16,)}
    for stem, shape in dense.items():
        shapes |= {f"{stem}.weight": shape, f"{stem}.bias": shape[:1]}
    return write(folder, BERT, tokens, shapes)


def write(
    folder: Path, config: dict[str, Any], tokens: list[str], shapes: dict[str, tuple[int, ...]]
) -> Path:
    random = np.random.default_rng(0)
    tensors = {name: random.normal(size=shape).astype(np.float16) for name, shape in shapes.items()}
    special = [number for number, token in enumerate(tokens) if token[0] in "<["]
    tokenizer = {
        "added_tokens": [{"id": number, "content": tokens[number]} for number in special],
        "model": {
            "vocab": {token: number for number, token in enumerate(tokens)},
            "merges": [["h", "e"]],
        },
    }
    save_file(tensors, folder / "model.safetensors")
    (folder / "config.json").write_text(json.dumps(config | {"vocab_size": len(tokens)}))
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer))
    return folder
