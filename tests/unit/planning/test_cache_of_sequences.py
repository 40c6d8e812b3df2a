"""Bytes that one sequence needs: the numbers are what vLLM 0.32's own functions return.

They are `get_kv_cache_groups` and `_max_memory_usage_bytes_from_groups`, with blocks of 16, in
bfloat16, 4,096 tokens in flight, for the layers that its own reading of each config.json finds.
"""

import pytest

from checkpoint.architecture import from_config
from checkpoint.weights import Weights
from planning.memory import Memory, Subject, cache_need
from planning.wish import Settings
from tests.unit.planning import checkpoints_on_paper as paper

NOTHING = Weights("safetensors", 1, 0, 0)
LENGTHS = (1, 17, 4096, 8192, 32_768, 131_072)
VLLM = {
    "LLAMA_31_8B": (2097152, 4194304, 536870912, 1073741824, 4294967296, 17179869184),
    "MISTRAL_7B": (4194304, 6291456, 538968064, 1075838976, 1075838976, 1075838976),
    "GEMMA_2_9B": (8257536, 13762560, 1412038656, 2821324800, 7049183232, 23960616960),
    "GEMMA_3_27B": (17039360, 26214400, 2356674560, 3195535360, 5208801280, 13261864960),
    "DEEPSEEK_V2_LITE": (497664, 995328, 127401984, 254803968, 1019215872, 4076863488),
}


def subject(config: paper.Json, cache_dtype: str = "auto") -> Subject:
    return Subject("vllm", from_config(config), NOTHING, Settings("", cache_dtype=cache_dtype))


def on(gpus: int = 1) -> Memory:
    return Memory(gpus, total=0, usable=0, weights=0, reserve=0, in_flight=4096)


@pytest.mark.parametrize("name", VLLM)
def test_a_sequence_needs_what_vllm_says(name: str) -> None:
    model = subject(getattr(paper, name))
    assert tuple(cache_need(model, tokens, on()) for tokens in LENGTHS) == VLLM[name]


def test_llama_keeps_128_kib_for_each_token() -> None:
    model = subject(paper.LLAMA_31_8B)
    assert cache_need(model, 16, on()) == 16 * 131_072


def test_heads_are_spread_over_gpus_and_repeated_where_there_are_more_gpus() -> None:
    model = subject(paper.QWEN25_7B)
    needs = [cache_need(model, 16, on(gpus)) for gpus in (1, 2, 4, 7)]
    assert needs == [28 * 16 * 2 * 256 * heads for heads in (4, 2, 1, 1)]


def test_a_latent_is_on_every_gpu() -> None:
    model = subject(paper.DEEPSEEK_V2_LITE)
    assert cache_need(model, 16, on(8)) == cache_need(model, 16, on(1)) == 497_664


@pytest.mark.parametrize(
    ("cache_dtype", "share"), [("fp8", 2), ("fp8_e4m3", 2), ("bfloat16", 1), ("auto", 1)]
)
def test_a_cache_in_eight_bits_is_half(cache_dtype: str, share: int) -> None:
    model = subject(paper.LLAMA_31_8B, cache_dtype=cache_dtype)
    assert cache_need(model, 16, on()) == 16 * 131_072 // share


def test_a_cache_of_an_unknown_type_is_unknown() -> None:
    assert cache_need(subject(paper.LLAMA_31_8B, cache_dtype="turbo"), 16, on()) is None


def test_an_encoder_keeps_nothing() -> None:
    assert cache_need(subject(paper.BERT), 512, on()) == 0
