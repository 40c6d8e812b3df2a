"""Convert our two demo models to GGUF, the file format of llama.cpp, with numpy alone."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import gguf
import numpy as np

from local.demo.checkpoint import Array, Checkpoint

LLAMA_TENSORS = {
    "model.embed_tokens": "token_embd",
    "model.norm": "output_norm",
    "lm_head": "output",
    "input_layernorm": "attn_norm",
    "post_attention_layernorm": "ffn_norm",
    "self_attn.q_proj": "attn_q",
    "self_attn.k_proj": "attn_k",
    "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output",
    "mlp.gate_proj": "ffn_gate",
    "mlp.up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down",
}
BERT_TENSORS = {
    "embeddings.word_embeddings": "token_embd",
    "embeddings.position_embeddings": "position_embd",
    "embeddings.token_type_embeddings": "token_types",
    "embeddings.LayerNorm": "token_embd_norm",
    "attention.self.query": "attn_q",
    "attention.self.key": "attn_k",
    "attention.self.value": "attn_v",
    "attention.output.dense": "attn_output",
    "attention.output.LayerNorm": "attn_output_norm",
    "intermediate.dense": "ffn_up",
    "output.dense": "ffn_down",
    "output.LayerNorm": "layer_output_norm",
}
# llama.cpp adds these to the activations as they are, which it can do in float32 only.
ALWAYS_FLOAT32 = ("position_embd.weight", "token_types.weight")
WORD_START = "\u2581"


def write_llama(folder: Path, out: Path) -> None:
    """A chat model: `folder` holds a small Llama with tied or untied embeddings."""
    source = Checkpoint(folder)
    with closing(gguf.GGUFWriter(out, "llama")) as writer:
        _describe_llama(writer, source)
        _byte_level_vocabulary(writer, source)
        writer.add_chat_template(source.chat_template)
        _write(writer, llama_tensors(source))


def write_minilm(folder: Path, out: Path) -> None:
    """An embedding model: `folder` holds a BERT encoder whose outputs are averaged."""
    source = Checkpoint(folder)
    with closing(gguf.GGUFWriter(out, "bert")) as writer:
        _describe_bert(writer, source)
        _word_piece_vocabulary(writer, source)
        _write(writer, bert_tensors(source))


def llama_tensors(source: Checkpoint) -> Iterator[tuple[str, Array]]:
    heads = {
        "self_attn.q_proj": source.config["num_attention_heads"],
        "self_attn.k_proj": source.config["num_key_value_heads"],
    }
    for name, tensor in source.tensors.items():
        part, block, kind = _split(name, "model.layers.")
        if part in heads:
            tensor = interleave_rotary_pairs(tensor, heads[part])
        yield f"{block}{LLAMA_TENSORS[part]}.{kind}", tensor


def bert_tensors(source: Checkpoint) -> Iterator[tuple[str, Array]]:
    for name, tensor in source.tensors.items():
        if name.startswith("pooler.") or name.endswith("position_ids"):
            continue  # sentence embeddings are the mean of the last layer; the pooler is unused
        part, block, kind = _split(name, "encoder.layer.")
        yield f"{block}{BERT_TENSORS[part]}.{kind}", tensor


def interleave_rotary_pairs(weight: Array, heads: int) -> Array:
    """Hugging Face rotates row i with row i + half of a head; llama.cpp rotates neighbours."""
    half = weight.shape[0] // heads // 2
    by_half = weight.reshape(heads, 2, half, *weight.shape[1:])
    return by_half.swapaxes(1, 2).reshape(weight.shape)


def stored(name: str, tensor: Array) -> Array:
    """Matrices in float16; what is added to activations (norms, biases, positions) in float32."""
    small = tensor.ndim == 1 or name in ALWAYS_FLOAT32
    return np.ascontiguousarray(tensor, dtype=np.float32 if small else np.float16)


def _split(name: str, layers: str) -> tuple[str, str, str]:
    """`model.layers.3.mlp.up_proj.weight` -> (`mlp.up_proj`, `blk.3.`, `weight`)."""
    stem, kind = name.rsplit(".", 1)
    if not stem.startswith(layers):
        return stem, "", kind
    number, part = stem.removeprefix(layers).split(".", 1)
    return part, f"blk.{number}.", kind


def _describe_llama(writer: gguf.GGUFWriter, source: Checkpoint) -> None:
    config = source.config
    writer.add_name("LISA demo chat model")
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_F16)
    writer.add_vocab_size(config["vocab_size"])
    writer.add_context_length(config["max_position_embeddings"])
    writer.add_block_count(config["num_hidden_layers"])
    writer.add_embedding_length(config["hidden_size"])
    writer.add_feed_forward_length(config["intermediate_size"])
    writer.add_head_count(config["num_attention_heads"])
    writer.add_head_count_kv(config["num_key_value_heads"])
    writer.add_key_length(config["head_dim"])
    writer.add_value_length(config["head_dim"])
    writer.add_rope_dimension_count(config["head_dim"])
    writer.add_rope_freq_base(config["rope_parameters"]["rope_theta"])
    writer.add_layer_norm_rms_eps(config["rms_norm_eps"])
    writer.add_sampling_temp(source.generation["temperature"])


def _describe_bert(writer: gguf.GGUFWriter, source: Checkpoint) -> None:
    config = source.config
    writer.add_name("MiniLM-L6 sentence embeddings")
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_F16)
    writer.add_context_length(config["max_position_embeddings"])
    writer.add_block_count(config["num_hidden_layers"])
    writer.add_embedding_length(config["hidden_size"])
    writer.add_feed_forward_length(config["intermediate_size"])
    writer.add_head_count(config["num_attention_heads"])
    writer.add_layer_norm_eps(config["layer_norm_eps"])
    writer.add_causal_attention(False)
    writer.add_pooling_type(gguf.PoolingType.MEAN)
    writer.add_token_type_count(config["type_vocab_size"])


def _byte_level_vocabulary(writer: gguf.GGUFWriter, source: Checkpoint) -> None:
    merges = source.tokenizer["model"]["merges"]
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")
    writer.add_token_list(source.tokens)
    writer.add_token_types(_token_types(source))
    writer.add_token_merges([" ".join(pair) for pair in merges])
    writer.add_bos_token_id(source.config["bos_token_id"])
    writer.add_eos_token_id(source.config["eos_token_id"])
    writer.add_pad_token_id(source.config["pad_token_id"])
    writer.add_add_bos_token(False)


def _word_piece_vocabulary(writer: gguf.GGUFWriter, source: Checkpoint) -> None:
    tokens, vocabulary = source.tokens, source.tokenizer["model"]["vocab"]
    writer.add_tokenizer_model("bert")
    writer.add_tokenizer_pre("default")
    writer.add_token_list([_word_piece(token) for token in tokens])
    writer.add_token_types(_token_types(source))
    writer.add_unk_token_id(vocabulary["[UNK]"])
    writer.add_pad_token_id(vocabulary["[PAD]"])
    writer.add_mask_token_id(vocabulary["[MASK]"])
    writer.add_bos_token_id(vocabulary["[CLS]"])
    writer.add_eos_token_id(vocabulary["[SEP]"])
    writer.add_sep_token_id(vocabulary["[SEP]"])


def _word_piece(token: str) -> str:
    """WordPiece marks what continues a word (`##ing`), llama.cpp what begins one."""
    if token.startswith("[") and token.endswith("]"):
        return token
    return token.removeprefix("##") if token.startswith("##") else f"{WORD_START}{token}"


def _token_types(source: Checkpoint) -> list[int]:
    kinds = (gguf.TokenType.NORMAL, gguf.TokenType.CONTROL)
    return [kinds[number in source.special_tokens] for number in range(len(source.tokens))]


def _write(writer: gguf.GGUFWriter, tensors: Iterator[tuple[str, Array]]) -> None:
    for name, tensor in tensors:
        writer.add_tensor(name, stored(name, tensor))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
