"""What config.json says, over the generations of its names; expected numbers are vLLM's reading."""

from typing import Any

import pytest

from checkpoint.architecture import Architecture, from_config, from_gguf
from tests.unit.planning import checkpoints_on_paper as paper
from tests.unit.planning.checkpoints_on_paper import Json
from tests.unit.planning.gguf_on_paper import LLAMA_GGUF

GPT_2 = {"model_type": "gpt2", "n_layer": 12, "n_head": 12, "n_embd": 768, "n_positions": 1024}
FALCON_7B = {
    "model_type": "falcon",
    "hidden_size": 4544,
    "num_attention_heads": 71,
    "num_hidden_layers": 32,
    "multi_query": True,
    "max_position_embeddings": 2048,
}
FALCON_40B = FALCON_7B | {"new_decoder_architecture": True, "num_kv_heads": 8}
CHATGLM = {
    "model_type": "chatglm",
    "hidden_size": 4096,
    "kv_channels": 128,
    "multi_query_attention": True,
    "multi_query_group_num": 2,
    "num_attention_heads": 32,
    "num_layers": 28,
    "seq_length": 32768,
}
DBRX = {
    "model_type": "dbrx",
    "d_model": 6144,
    "n_heads": 48,
    "n_layers": 40,
    "max_seq_len": 32768,
    "attn_config": {"kv_n_heads": 8},
}
GPT_OSS = {
    "model_type": "gpt_oss",
    "head_dim": 64,
    "hidden_size": 2880,
    "layer_types": ["sliding_attention", "full_attention"] * 12,
    "max_position_embeddings": 131072,
    "num_attention_heads": 64,
    "num_hidden_layers": 24,
    "num_key_value_heads": 8,
    "quantization_config": {"quant_method": "mxfp4"},
    "sliding_window": 128,
}
QWEN3_NEXT = paper.QWEN25_7B | {"layer_types": ["linear_attention"] * 21 + ["full_attention"] * 7}


def shape(model: Architecture) -> tuple[Any, ...]:
    layers = (model.full_layers, model.windowed_layers, model.window)
    return (*layers, model.heads, model.kv_heads, model.cell, model.context)


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        (paper.LLAMA_31_8B, (32, 0, 0, 32, 8, 256, 131072)),
        (paper.MISTRAL_7B, (0, 32, 4096, 32, 8, 256, 32768)),
        (paper.MIXTRAL, (32, 0, 0, 32, 8, 256, 32768)),
        (paper.QWEN25_7B, (28, 0, 0, 28, 4, 256, 32768)),
        (paper.DEEPSEEK_V2_LITE, (27, 0, 0, 16, 1, 576, 163840)),
        (paper.GEMMA_2_9B, (21, 21, 4096, 16, 8, 512, 8192)),
        (paper.GEMMA_3_27B, (10, 52, 1024, 32, 16, 256, 131072)),
        (paper.PHI_3_MINI, (0, 32, 2047, 32, 32, 192, 4096)),
        (GPT_2, (12, 0, 0, 12, 12, 128, 1024)),
        (FALCON_7B, (32, 0, 0, 71, 1, 128, 2048)),
        (FALCON_40B, (32, 0, 0, 71, 8, 128, 2048)),
        (CHATGLM, (28, 0, 0, 32, 2, 256, 32768)),
        (DBRX, (40, 0, 0, 48, 8, 256, 32768)),
        (GPT_OSS, (12, 12, 128, 64, 8, 128, 131072)),
    ],
)
def test_a_configuration_is_read_as_vllm_reads_it(
    config: Json, expected: tuple[int | None, ...]
) -> None:
    model = from_config(config)
    assert shape(model) == expected
    assert model.unknowns == ()


@pytest.mark.parametrize(
    ("rope", "context"),
    [
        ({"rope_type": "linear", "factor": 4.0}, 32768),
        ({"type": "dynamic", "factor": 2}, 16384),
        ({"rope_type": "yarn", "factor": 4.0}, 8192),
        ({"rope_type": "llama3", "factor": 8.0}, 8192),
        ({"rope_type": "linear", "factor": None}, 8192),
        ({"rope_type": "linear", "factor": 1e300}, 8192),
        ("nonsense", 8192),
    ],
)
def test_scaling_of_positions_counts_where_the_limit_does_not_have_it(
    rope: object, context: int
) -> None:
    config = paper.LLAMA_31_8B | {"max_position_embeddings": 8192, "rope_scaling": rope}
    assert from_config(config).context == context


@pytest.mark.parametrize("name", ["gptq", "awq", "fp8", "compressed-tensors", "bitsandbytes"])
def test_a_quantisation_is_named(name: str) -> None:
    config = paper.LLAMA_31_8B | {"quantization_config": {"quant_method": name}}
    assert from_config(config).quantization == name


def test_the_data_type_is_read_under_its_old_and_its_new_name() -> None:
    assert from_config(paper.LLAMA_31_8B).dtype == "bfloat16"
    assert from_config(GPT_2 | {"dtype": "torch.float16"}).dtype == "float16"


@pytest.mark.parametrize(
    "config",
    [
        QWEN3_NEXT,
        {"model_type": "jamba", "attn_layer_period": 8} | paper.LLAMA_31_8B,
        {"model_type": "mamba", "state_size": 16, "num_hidden_layers": 64},
        {"model_type": "t5", "is_encoder_decoder": True, "num_layers": 12},
        {"model_type": "nobody-knows"},
        paper.LLAMA_31_8B | {"num_key_value_heads": [8] * 32},
        paper.LLAMA_31_8B | {"num_hidden_layers": -32},
        paper.LLAMA_31_8B | {"num_attention_heads": "32"},
        None,
    ],
)
def test_what_cannot_be_told_is_said_to_be_unknown(config: Json | None) -> None:
    model = from_config(config)
    assert model.full_layers is None
    assert len(model.unknowns) == 1
    assert model.unknowns[0].endswith(".")


@pytest.mark.parametrize("value", [5, "x", [1], {"a": 1}, None, [["full_attention"]]])
@pytest.mark.parametrize("name", ["layer_types", "rope_scaling", "sliding_window", "text_config"])
def test_nonsense_in_one_place_is_no_crash(name: str, value: object) -> None:
    assert from_config(paper.GEMMA_2_9B | {name: value}).heads in (16, None)


def test_layers_that_share_a_cache_are_counted_once() -> None:
    assert from_config(paper.LLAMA_31_8B | {"num_kv_shared_layers": 12}).full_layers == 20


def test_gguf_says_the_same_by_its_own_names() -> None:
    model = from_gguf(LLAMA_GGUF)
    assert shape(model) == (16, 0, 0, 32, 8, 128, 131072)


def test_gguf_layers_with_a_window_follow_the_pattern_of_their_kind() -> None:
    gemma = {name.replace("llama", "gemma3"): value for name, value in LLAMA_GGUF.items()}
    named = gemma | {"general.architecture": "gemma3", "gemma3.attention.sliding_window": 512}
    assert shape(from_gguf(named))[:3] == (2, 14, 512)
    assert shape(from_gguf(LLAMA_GGUF | {"llama.attention.sliding_window": 512}))[1] == 0


def test_gguf_with_a_latent_is_unknown() -> None:
    model = from_gguf(LLAMA_GGUF | {"llama.attention.kv_lora_rank": 512})
    assert (model.full_layers, len(model.unknowns)) == (None, 1)


def test_gguf_heads_that_differ_by_layer_are_unknown() -> None:
    model = from_gguf(LLAMA_GGUF | {"llama.attention.head_count_kv": [8, 4]})
    assert (model.full_layers, len(model.unknowns)) == (None, 1)
