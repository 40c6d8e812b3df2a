"""The environment as each server's start script reads it."""

import pytest

from checkpoint.blocked import Blocked
from planning.wish import FITTING, Settings, settings
from tests.unit.planning.wishes import wish


def read(container: str, **environment: str) -> Settings:
    return settings(wish(container=container, environment=environment))


@pytest.mark.parametrize(
    ("container", "environment", "context"),
    [
        ("vllm", {}, None),
        ("vllm", {"VLLM_MAX_MODEL_LEN": "8192"}, 8192),
        ("vllm", {"VLLM_MAX_MODEL_LEN": "32k"}, 32_000),
        ("vllm", {"VLLM_MAX_MODEL_LEN": "32K"}, 32_768),
        ("vllm", {"VLLM_MAX_MODEL_LEN": "-1"}, FITTING),
        ("vllm", {"VLLM_MAX_MODEL_LEN": "auto"}, FITTING),
        ("vllm", {"MAX_TOTAL_TOKENS": "2048", "MAX_INPUT_LENGTH": "1024"}, 2048),
        ("vllm", {"MAX_TOTAL_TOKENS": "2048", "VLLM_MAX_MODEL_LEN": "4096"}, 4096),
        ("tgi", {"MAX_TOTAL_TOKENS": "2048"}, 2048),
        ("llamacpp", {}, 4096),
        ("llamacpp", {"MAX_TOTAL_TOKENS": "2048"}, 2048),
        ("llamacpp", {"CONTEXT_LENGTH": "512", "MAX_TOTAL_TOKENS": "2048"}, 512),
        ("tei", {"MAX_TOTAL_TOKENS": "2048"}, None),
    ],
)
def test_the_context_has_a_name_for_each_server(
    container: str, environment: dict[str, str], context: int | None
) -> None:
    assert read(container, **environment).context == context


def test_vllm_is_told_by_its_variables() -> None:
    chosen = read(
        "vllm",
        VLLM_TENSOR_PARALLEL_SIZE="4",
        VLLM_GPU_MEMORY_UTILIZATION="0.95",
        VLLM_MAX_NUM_SEQS="16",
        VLLM_MAX_NUM_BATCHED_TOKENS="4096",
        VLLM_KV_CACHE_DTYPE="fp8",
        VLLM_DTYPE="float16",
        PARALLEL="9",
    )
    assert (chosen.gpus, chosen.share, chosen.sequences, chosen.batch_tokens) == (4, 0.95, 16, 4096)
    assert (chosen.cache_dtype, chosen.dtype, chosen.prompt_cache_mib) == ("fp8", "float16", 0)


def test_llamacpp_has_defaults_of_its_own() -> None:
    chosen = read("llamacpp", VLLM_MAX_NUM_SEQS="16", MODEL_FILE="a.gguf")
    assert (chosen.sequences, chosen.prompt_cache_mib, chosen.model_file) == (4, 512, "a.gguf")
    assert read("llamacpp", PROMPT_CACHE_MIB="0").prompt_cache_mib == 0


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("VLLM_MAX_MODEL_LEN", "many"),
        ("VLLM_MAX_MODEL_LEN", "0x10"),
        ("VLLM_MAX_MODEL_LEN", "37,376"),
        ("VLLM_MAX_MODEL_LEN", "9" * 40),
        ("VLLM_TENSOR_PARALLEL_SIZE", "0"),
        ("VLLM_TENSOR_PARALLEL_SIZE", "2.5"),
        ("VLLM_GPU_MEMORY_UTILIZATION", "0"),
        ("VLLM_GPU_MEMORY_UTILIZATION", "1.5"),
        ("VLLM_GPU_MEMORY_UTILIZATION", "90%"),
        ("VLLM_GPU_MEMORY_UTILIZATION", "nan"),
    ],
)
def test_a_value_that_the_server_refuses_is_refused_before(name: str, text: str) -> None:
    with pytest.raises(Blocked) as blocked:
        read("vllm", **{name: text})
    assert blocked.value.reason.code == "BadConfig"
    assert name in blocked.value.reason.fix
