"""What a model keeps in memory for each token, from config.json or from GGUF's metadata.

Names and rules are those by which vLLM (0.32, `config/model.py`, `v1/kv_cache_interface.py`) and
transformers' configuration classes read the same files. What they would have to guess is unknown.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeGuard

from checkpoint.folder import Json, natural

# config.json's names for one thing, over the generations of models.
_LAYERS = ("num_hidden_layers", "n_layer", "num_layers", "n_layers")
_HEADS = ("num_attention_heads", "n_head", "n_heads")
_HIDDEN = ("hidden_size", "n_embd", "d_model", "dim")
_KV_HEADS = ("num_key_value_heads", "n_head_kv", "num_kv_heads", "multi_query_group_num")
_HEAD_DIM = ("head_dim", "kv_channels", "hidden_size_per_head")
_CONTEXT = ("max_position_embeddings", "n_positions", "max_seq_len", "seq_length", "n_ctx")
_INNER = ("intermediate_size", "n_inner", "ffn_hidden_size", "ffn_dim")
# Where a multimodal model keeps the configuration of its language model.
_TEXT = ("text_config", "llm_config", "language_config", "thinker_config")
_ENCODERS = (
    "bert", "roberta", "xlm-roberta", "camembert", "distilbert", "mpnet", "electra", "albert",
    "modernbert", "nomic_bert", "deberta", "deberta-v2", "new", "gte", "jina_bert", "nomic-bert",
    "jina-bert-v2", "eurobert", "neo-bert", "modern-bert",
)  # fmt: skip
# Of every so many layers one sees everything, where the files leave that out: the defaults of
# transformers' configuration classes and of llama.cpp's loader.
_PATTERNS = {
    "gemma2": 2, "gemma3": 6, "gemma3_text": 6, "gpt_oss": 2, "gpt-oss": 2, "cohere2": 4,
}  # fmt: skip
_WINDOWED = {"sliding_attention", "chunked_attention"}
_ATTENTION = _WINDOWED | {"full_attention", "attention"}
# Layers of these remember in a state of their own, whose size other rules give.
_STATEFUL = (
    "layers_block_type", "hybrid_override_pattern", "attn_layer_period", "ssm_cfg", "mamba_d_state",
    "ssm_state_size", "state_size", "linear_attn_config", "attn_layer_indices", "lru_width",
)  # fmt: skip
# Scaling of these is in max_position_embeddings already (vLLM, _get_and_verify_max_len).
_SCALED = ("su", "longrope", "llama3", "yarn", "deepseek_yarn", "default", "mrope", None)


@dataclass(frozen=True)
class Architecture:
    """Numbers of one model; None is unknown.

    `cell` is how many numbers one key-value head of one layer keeps for a token, keys and values
    together. A layer in `windowed_layers` keeps the last `window` tokens only.
    """

    kind: str = ""
    heads: int | None = None
    kv_heads: int | None = None
    cell: int | None = None
    full_layers: int | None = None
    windowed_layers: int = 0
    window: int = 0
    latent: bool = False
    encoder: bool = False
    context: int | None = None
    hidden: int = 0
    inner: int = 0
    vocabulary: int = 0
    dtype: str = ""
    quantization: str = ""
    unknowns: tuple[str, ...] = field(default=())

    @property
    def known(self) -> bool:
        """Return whether the cache of a token can be computed."""
        return None not in (self.kv_heads, self.cell, self.full_layers)

    def cell_numbers(self, gpus: int) -> int:
        """Return how many numbers one layer keeps for a token on each of some GPUs.

        Key-value heads are spread, and repeated where there are fewer than GPUs; a latent (MLA)
        is the same on every GPU.
        """
        heads = 1 if self.latent else max(1, (self.kv_heads or 1) // gpus)
        return heads * (self.cell or 0)


def from_config(config: Json | None) -> Architecture:
    """Return what config.json says of a model's language part."""
    if config is None:
        return Architecture(unknowns=("The folder has no config.json: the model is unknown.",))
    text = next((config[name] for name in _TEXT if isinstance(config.get(name), dict)), config)
    kind = str(text.get("model_type") or config.get("model_type") or "")[:60]
    encoder = kind.lower() in _ENCODERS
    layers, heads = _first(text, _LAYERS), _first(text, _HEADS)
    unknowns = [*_cannot_tell(config, text)]
    found = _cache_cell(text, heads)
    if not (encoder or unknowns) and None in (layers, heads, *found):
        unknowns.append("config.json does not say layers and attention heads by names known here.")
    windowed, window = _windows(text, kind, layers or 0)
    shared = natural(text.get("num_kv_shared_layers")) or 0
    full = None if unknowns or layers is None else max(0, layers - windowed - shared)
    return Architecture(
        kind=kind,
        heads=heads,
        kv_heads=found[0],
        cell=found[1],
        full_layers=full,
        windowed_layers=windowed,
        window=window,
        latent=_is_latent(text),
        encoder=encoder,
        context=_context(text, kind),
        hidden=_first(text, _HIDDEN) or 0,
        inner=_first(text, _INNER) or 4 * (_first(text, _HIDDEN) or 0),
        vocabulary=natural(text.get("vocab_size")) or 0,
        dtype=_dtype(config, text),
        quantization=_quantization(config, text),
        unknowns=tuple(unknowns),
    )


def from_gguf(metadata: Mapping[str, Any]) -> Architecture:
    """Return what GGUF's pairs (ggml's documentation of the format) say of a model."""
    kind = str(metadata.get("general.architecture", ""))[:60]

    def of(name: str) -> int | None:
        return natural(metadata.get(f"{kind}.{name}"))

    layers, heads, hidden = of("block_count"), of("attention.head_count"), of("embedding_length")
    key = of("attention.key_length") or (hidden // heads if hidden and heads else None)
    value = of("attention.value_length") or key
    encoder = kind in _ENCODERS or metadata.get(f"{kind}.attention.causal") is False
    per_layer = metadata.get(f"{kind}.attention.head_count_kv")
    counted = None not in (layers, heads, key) and not isinstance(per_layer, list)
    unknowns = [] if encoder else list(_cannot_tell_of_gguf(kind, metadata, counted))
    # llama.cpp keeps whole sequences for the windows of kinds that it has no pattern for.
    pattern = _PATTERNS.get(kind) if of("attention.sliding_window") else None
    windowed = (layers or 0) - (layers or 0) // pattern if pattern else 0
    return Architecture(
        kind=kind,
        heads=heads,
        kv_heads=natural(per_layer) or heads,
        cell=key + value if key and value else None,
        full_layers=None if unknowns or layers is None else layers - windowed,
        windowed_layers=windowed,
        window=of("attention.sliding_window") or 0 if windowed else 0,
        encoder=encoder,
        context=of("context_length"),
        hidden=hidden or 0,
        inner=of("feed_forward_length") or 4 * (hidden or 0),
        vocabulary=of("vocab_size") or 0,
        unknowns=tuple(unknowns),
    )


def _cannot_tell_of_gguf(kind: str, metadata: Mapping[str, Any], counted: bool) -> Iterator[str]:
    if any(f".{word}." in name for name in metadata for word in ("ssm", "wkv", "shortconv")):
        yield f"Layers of {kind} keep a state whose size is not computed here."
    elif f"{kind}.attention.kv_lora_rank" in metadata:
        yield f"What llama.cpp keeps of the latent attention of {kind} differs by its release."
    elif not counted:
        yield "The GGUF file does not say its layers and attention heads in numbers."


def _first(config: Json, names: tuple[str, ...]) -> int | None:
    return next((found for name in names if (found := natural(config.get(name)))), None)


def _is_latent(text: Json) -> bool:
    return natural(text.get("kv_lora_rank")) is not None


def _cache_cell(text: Json, heads: int | None) -> tuple[int | None, int | None]:
    """Return the number of key-value heads, and what one of them keeps for a token."""
    if _is_latent(text):
        rope = natural(text.get("qk_rope_head_dim"))
        return 1, rope and text["kv_lora_rank"] + rope
    hidden = _first(text, _HIDDEN)
    dim = _first(text, _HEAD_DIM) or (hidden // heads if hidden and heads else None)
    values = natural(text.get("v_head_dim")) or dim
    kv_heads = _first(text, _KV_HEADS) or heads
    if any(isinstance(text.get(name), list) for name in _KV_HEADS):
        return None, None
    if isinstance(nested := text.get("attn_config"), dict):
        kv_heads = natural(nested.get("kv_n_heads")) or kv_heads
    # Falcon says it of its first generation; ChatGLM's groups are among the names above.
    if text.get("multi_query") is True and not text.get("new_decoder_architecture"):
        kv_heads = 1
    return kv_heads, dim + values if dim and values else None


def _cannot_tell(config: Json, text: Json) -> list[str]:
    if config.get("is_encoder_decoder") is True:
        return ["The model has an encoder and a decoder: what it keeps is not computed here."]
    kinds = text.get("layer_types")
    if (_texts(kinds) and not set(kinds) <= _ATTENTION) or any(name in text for name in _STATEFUL):
        return ["Some layers keep a state instead of keys and values: its size is unknown here."]
    return []


def _texts(value: Any) -> TypeGuard[list[str]]:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _windows(text: Json, kind: str, layers: int) -> tuple[int, int]:
    """Return how many layers see a window only, and its length in tokens."""
    window = natural(text.get("sliding_window")) or natural(text.get("attention_chunk_size"))
    if window is None or text.get("use_sliding_window") is False:
        return 0, 0
    kinds = text.get("layer_types")
    if _texts(kinds):
        return sum(name in _WINDOWED for name in kinds), window
    if kind.startswith("qwen2"):
        begins = text.get("max_window_layers")
        return max(0, layers - begins) if isinstance(begins, int) else 0, window
    pattern = natural(text.get("sliding_window_pattern")) or _PATTERNS.get(kind)
    return (layers - layers // pattern if pattern else layers), window


def _context(text: Json, kind: str) -> int | None:
    context = _first(text, _CONTEXT)
    rope = text.get("rope_scaling") or text.get("rope_parameters")
    if context is None or not isinstance(rope, dict) or kind.startswith("gemma3"):
        return context
    factor = rope.get("factor")
    if rope.get("rope_type", rope.get("type")) in _SCALED or not isinstance(factor, int | float):
        return context
    return int(context * factor) if 1 <= factor <= 1024 else context


def _dtype(config: Json, text: Json) -> str:
    for part in (config, text):
        for name in ("torch_dtype", "dtype"):
            if isinstance(found := part.get(name), str):
                return found.removeprefix("torch.")[:20]
    return ""


def _quantization(config: Json, text: Json) -> str:
    for part in (config, text):
        for name in ("quantization_config", "compression_config"):
            if isinstance(found := part.get(name), dict):
                return str(found.get("quant_method", "unknown")).lower().replace("_", "-")[:40]
    return ""
