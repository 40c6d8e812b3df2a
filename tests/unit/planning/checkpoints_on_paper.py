"""Real checkpoints without their weights: config.json's facts, and headers of tensors of the
real shapes before bytes that nobody wrote."""

import json
from collections.abc import Iterator, Mapping
from math import prod
from typing import Any

from checkpoint.safetensors import BITS
from tests.support.planning_fakes import InMemoryModelFiles, Sparse

type Json = dict[str, Any]
type Shapes = dict[str, tuple[str, tuple[int, ...]]]

LLAMA_31_8B: Json = {
    "architectures": ["LlamaForCausalLM"],
    "model_type": "llama",
    "hidden_size": 4096,
    "intermediate_size": 14336,
    "max_position_embeddings": 131072,
    "num_attention_heads": 32,
    "num_hidden_layers": 32,
    "num_key_value_heads": 8,
    "rope_scaling": {
        "factor": 8.0,
        "high_freq_factor": 4.0,
        "low_freq_factor": 1.0,
        "original_max_position_embeddings": 8192,
        "rope_type": "llama3",
    },
    "tie_word_embeddings": False,
    "torch_dtype": "bfloat16",
    "vocab_size": 128256,
}
LLAMA_32_1B: Json = LLAMA_31_8B | {
    "hidden_size": 2048,
    "intermediate_size": 8192,
    "head_dim": 64,
    "num_hidden_layers": 16,
    "tie_word_embeddings": True,
}
MISTRAL_7B: Json = LLAMA_31_8B | {
    "model_type": "mistral",
    "max_position_embeddings": 32768,
    "rope_scaling": None,
    "sliding_window": 4096,
    "vocab_size": 32000,
}
MIXTRAL: Json = MISTRAL_7B | {
    "model_type": "mixtral",
    "sliding_window": None,
    "num_local_experts": 8,
    "num_experts_per_tok": 2,
}
QWEN25_7B: Json = {
    "model_type": "qwen2",
    "hidden_size": 3584,
    "intermediate_size": 18944,
    "max_position_embeddings": 32768,
    "max_window_layers": 28,
    "num_attention_heads": 28,
    "num_hidden_layers": 28,
    "num_key_value_heads": 4,
    "sliding_window": 131072,
    "tie_word_embeddings": False,
    "torch_dtype": "bfloat16",
    "use_sliding_window": False,
    "vocab_size": 152064,
}
DEEPSEEK_V2_LITE: Json = {
    "model_type": "deepseek_v2",
    "hidden_size": 2048,
    "intermediate_size": 10944,
    "kv_lora_rank": 512,
    "max_position_embeddings": 163840,
    "num_attention_heads": 16,
    "num_hidden_layers": 27,
    "num_key_value_heads": 16,
    "qk_nope_head_dim": 128,
    "qk_rope_head_dim": 64,
    "rope_scaling": {"factor": 40, "type": "yarn", "original_max_position_embeddings": 4096},
    "torch_dtype": "bfloat16",
    "v_head_dim": 128,
    "vocab_size": 102400,
}
GEMMA_2_9B: Json = {
    "model_type": "gemma2",
    "head_dim": 256,
    "hidden_size": 3584,
    "intermediate_size": 14336,
    "max_position_embeddings": 8192,
    "num_attention_heads": 16,
    "num_hidden_layers": 42,
    "num_key_value_heads": 8,
    "sliding_window": 4096,
    "torch_dtype": "bfloat16",
    "vocab_size": 256000,
}
PHI_3_MINI: Json = {
    "model_type": "phi3",
    "hidden_size": 3072,
    "intermediate_size": 8192,
    "max_position_embeddings": 4096,
    "num_attention_heads": 32,
    "num_hidden_layers": 32,
    "num_key_value_heads": 32,
    "sliding_window": 2047,
    "torch_dtype": "bfloat16",
    "vocab_size": 32064,
}
# Multimodal: what serves is the language model's own part.
GEMMA_3_27B: Json = {
    "model_type": "gemma3",
    "text_config": {
        "model_type": "gemma3_text",
        "head_dim": 128,
        "hidden_size": 5376,
        "intermediate_size": 21504,
        "max_position_embeddings": 131072,
        "num_attention_heads": 32,
        "num_hidden_layers": 62,
        "num_key_value_heads": 16,
        "rope_scaling": {"factor": 8.0, "rope_type": "linear"},
        "sliding_window": 1024,
        "vocab_size": 262208,
    },
    "torch_dtype": "bfloat16",
    "vision_config": {"hidden_size": 1152, "num_hidden_layers": 27},
}
BERT: Json = {
    "architectures": ["BertModel"],
    "model_type": "bert",
    "hidden_size": 384,
    "intermediate_size": 1536,
    "max_position_embeddings": 512,
    "num_attention_heads": 12,
    "num_hidden_layers": 6,
    "vocab_size": 30522,
}
BGE_LARGE: Json = BERT | {
    "hidden_size": 1024,
    "intermediate_size": 4096,
    "num_attention_heads": 16,
    "num_hidden_layers": 24,
    "torch_dtype": "float32",
}


def decoder(config: Json, dtype: str = "BF16") -> Shapes:
    """Return the tensors of a Llama-like decoder, those of its norms and biases too."""
    hidden, inner = config["hidden_size"], config["intermediate_size"]
    dim = config.get("head_dim") or hidden // config["num_attention_heads"]
    queries, keys = config["num_attention_heads"] * dim, config["num_key_value_heads"] * dim
    layer = {
        "self_attn.q_proj": (queries, hidden),
        "self_attn.k_proj": (keys, hidden),
        "self_attn.v_proj": (keys, hidden),
        "self_attn.o_proj": (hidden, queries),
        "mlp.gate_proj": (inner, hidden),
        "mlp.up_proj": (inner, hidden),
        "mlp.down_proj": (hidden, inner),
        "input_layernorm": (hidden,),
        "post_attention_layernorm": (hidden,),
    }
    shapes: dict[str, tuple[int, ...]] = {
        f"model.layers.{number}.{name}.weight": shape
        for number in range(config["num_hidden_layers"])
        for name, shape in layer.items()
    }
    shapes["model.embed_tokens.weight"] = (config["vocab_size"], hidden)
    shapes["model.norm.weight"] = (hidden,)
    if not config.get("tie_word_embeddings"):
        shapes["lm_head.weight"] = (config["vocab_size"], hidden)
    return {name: (dtype, shape) for name, shape in shapes.items()}


def safetensors(shapes: Mapping[str, tuple[str, tuple[int, ...]]]) -> Sparse:
    """Return a file whose header is whole and whose tensors nobody wrote."""
    header: Json = {"__metadata__": {"format": "pt"}}
    reached = 0
    for name, (dtype, shape) in shapes.items():
        size = prod(shape) * BITS[dtype] // 8
        header[name] = {
            "dtype": dtype,
            "shape": list(shape),
            "data_offsets": [reached, reached + size],
        }
        reached += size
    text = json.dumps(header).encode()
    return Sparse(len(text).to_bytes(8, "little") + text, 8 + len(text) + reached)


def folder(config: Json, shapes: Shapes | None = None, shards: int = 1) -> InMemoryModelFiles:
    """Return a bucket with one model at `org/model`."""
    files = InMemoryModelFiles()
    files.put("org/model/config.json", json.dumps(config).encode())
    for name, file in _files(shapes or decoder(config), shards):
        files.put(f"org/model/{name}", file)
    return files


def _files(shapes: Shapes, shards: int) -> Iterator[tuple[str, bytes | Sparse]]:
    if shards == 1:
        yield "model.safetensors", safetensors(shapes)
        return
    names = list(shapes)
    of = {
        name: f"model-{at % shards + 1:05}-of-{shards:05}.safetensors"
        for at, name in enumerate(names)
    }
    for shard in sorted(set(of.values())):
        yield shard, safetensors({name: shapes[name] for name in names if of[name] == shard})
    yield "model.safetensors.index.json", json.dumps({"weight_map": of}).encode()
