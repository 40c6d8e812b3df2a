"""The converted files, read back by the gguf package."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from gguf import GGMLQuantizationType, GGUFReader, TokenType
from safetensors.numpy import load_file

from local.demo.gguf_writer import interleave_rotary_pairs, write_llama, write_minilm
from tests.unit.demo import checkpoints


@pytest.fixture
def chat(tmp_path: Path) -> GGUFReader:
    write_llama(checkpoints.llama(tmp_path), tmp_path / "out.gguf")
    return GGUFReader(tmp_path / "out.gguf")


@pytest.fixture
def embedding(tmp_path: Path) -> GGUFReader:
    write_minilm(checkpoints.bert(tmp_path), tmp_path / "out.gguf")
    return GGUFReader(tmp_path / "out.gguf")


def tensors(model: GGUFReader) -> dict[str, Any]:
    return {tensor.name: tensor for tensor in model.tensors}


def value(model: GGUFReader, key: str) -> Any:
    field = model.get_field(key)
    assert field is not None, f"{key} is missing"
    return field.contents()


def test_a_llama_has_the_tensors_that_llama_cpp_asks_for(chat: GGUFReader) -> None:
    parts = [
        "attn_norm",
        "attn_q",
        "attn_k",
        "attn_v",
        "attn_output",
        "ffn_norm",
        "ffn_gate",
        "ffn_up",
        "ffn_down",
    ]
    blocks = {f"blk.{block}.{part}.weight" for block in (0, 1) for part in parts}
    assert set(tensors(chat)) == {"token_embd.weight", "output_norm.weight"} | blocks


def test_matrices_are_halved_and_norms_are_not(chat: GGUFReader) -> None:
    stored = tensors(chat)
    assert stored["blk.1.ffn_down.weight"].tensor_type == GGMLQuantizationType.F16
    assert stored["blk.1.attn_norm.weight"].tensor_type == GGMLQuantizationType.F32
    assert list(stored["blk.1.ffn_down.weight"].shape) == [32, 16]  # GGUF: columns first


def test_only_queries_and_keys_change_their_order(chat: GGUFReader, tmp_path: Path) -> None:
    before, after = load_file(tmp_path / "model.safetensors"), tensors(chat)
    for part, name, moved in (("q", "attn_q", True), ("k", "attn_k", True), ("v", "attn_v", False)):
        source = before[f"model.layers.0.self_attn.{part}_proj.weight"]
        target = after[f"blk.0.{name}.weight"].data
        assert np.array_equal(source, target) is not moved
        assert np.array_equal(np.sort(source, axis=0), np.sort(target, axis=0))


def test_rotated_halves_become_rotated_neighbours() -> None:
    rows = np.arange(8, dtype=np.float32).reshape(8, 1)
    assert interleave_rotary_pairs(rows, heads=2).ravel().tolist() == [0, 2, 1, 3, 4, 6, 5, 7]


def test_a_llama_brings_its_vocabulary_and_its_template(chat: GGUFReader) -> None:
    assert value(chat, "tokenizer.ggml.tokens") == [*checkpoints.SPECIAL, "h", "e", "he"]
    assert value(chat, "tokenizer.ggml.token_type")[:4] == [TokenType.CONTROL] * 3 + [
        TokenType.NORMAL
    ]
    assert value(chat, "tokenizer.ggml.merges") == ["h e"]
    assert value(chat, "tokenizer.chat_template") == "{{ messages }}"
    assert value(chat, "llama.attention.head_count_kv") == 2
    assert value(chat, "general.sampling.temp") == 0.5


def test_a_bert_has_its_tensors_without_the_pooler(embedding: GGUFReader) -> None:
    names = set(tensors(embedding))
    assert len(names) == 5 + 2 * 16
    assert {"blk.1.attn_output_norm.bias", "blk.0.layer_output_norm.weight"} <= names
    assert not [name for name in names if "pooler" in name]


def test_what_is_added_to_activations_keeps_its_precision(embedding: GGUFReader) -> None:
    stored = tensors(embedding)
    for name in ("position_embd.weight", "token_types.weight", "blk.0.attn_q.bias"):
        assert stored[name].tensor_type == GGMLQuantizationType.F32


def test_word_pieces_are_marked_at_the_start_of_a_word(embedding: GGUFReader) -> None:
    assert value(embedding, "tokenizer.ggml.tokens")[4:] == ["[MASK]", "\u2581go", "ing"]
    assert value(embedding, "tokenizer.ggml.bos_token_id") == 2
    assert value(embedding, "bert.pooling_type") == 1
    assert value(embedding, "bert.attention.causal") is False
