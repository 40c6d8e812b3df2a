"""`VLLM_*` variables, and their like of other servers, as vLLM's command line."""

from pathlib import Path

import pytest

from serving.faults import BadSetting
from serving.servers.vllm import FLAGS, OWNED, command
from serving.task import Task

TASK = Task("tiny", "models", "team/m1", Path("/weights"))
EMBEDDING = Task("tiny", "models", "team/m1", Path("/weights"), model_type="embedding")
FIXED = 11


def call(environment: dict[str, str], gpus: int = 0) -> list[str]:
    """What the variables add to the call."""
    return list(command(environment, TASK, gpus).argv[FIXED:])


@pytest.mark.promise("hosting.vllm")
@pytest.mark.parametrize(
    ("name", "value", "arguments"),
    [
        ("VLLM_GPU_MEMORY_UTILIZATION", "0.9", ["--gpu-memory-utilization", "0.9"]),
        ("VLLM_MAX_MODEL_LEN", "4096", ["--max-model-len", "4096"]),
        ("MAX_MODEL_LEN", "4096", ["--max-model-len", "4096"]),
        ("MAX_TOTAL_TOKENS", "2048", ["--max-model-len", "2048"]),
        ("VLLM_MAX_NUM_BATCHED_TOKENS", "8192", ["--max-num-batched-tokens", "8192"]),
        ("VLLM_MAX_NUM_SEQS", "8", ["--max-num-seqs", "8"]),
        ("MAX_CONCURRENT_REQUESTS", "8", ["--max-num-seqs", "8"]),
        ("VLLM_ENABLE_PREFIX_CACHING", "true", ["--enable-prefix-caching"]),
        ("VLLM_ENABLE_PREFIX_CACHING", "False", ["--no-enable-prefix-caching"]),
        ("VLLM_ENABLE_CHUNKED_PREFILL", "1", ["--enable-chunked-prefill"]),
        ("VLLM_ASYNC_SCHEDULING", "0", ["--no-async-scheduling"]),
        ("VLLM_ENFORCE_EAGER", "true", ["--enforce-eager"]),
        ("VLLM_TRUST_REMOTE_CODE", "true", ["--trust-remote-code"]),
        ("VLLM_ENABLE_AUTO_TOOL_CHOICE", "true", ["--enable-auto-tool-choice"]),
        ("VLLM_TOOL_CALL_PARSER", "hermes", ["--tool-call-parser", "hermes"]),
        ("VLLM_REASONING_PARSER", "qwen3", ["--reasoning-parser", "qwen3"]),
        ("VLLM_DTYPE", "bfloat16", ["--dtype", "bfloat16"]),
        ("VLLM_QUANTIZATION", "awq", ["--quantization", "awq"]),
        ("QUANTIZE", "awq", ["--quantization", "awq"]),
        ("VLLM_KV_CACHE_DTYPE", "fp8", ["--kv-cache-dtype", "fp8"]),
        ("VLLM_LOAD_FORMAT", "safetensors", ["--load-format", "safetensors"]),
        ("VLLM_TENSOR_PARALLEL_SIZE", "2", ["--tensor-parallel-size", "2"]),
        (
            "VLLM_EXTRA_ARGS",
            "--seed 7 --chat-template 'a b'",
            ["--seed", "7", "--chat-template", "a b"],
        ),
        ("VLLM_MAX_NUM_SEQS", "  ", []),
    ],
)
def test_a_variable_becomes_an_argument(name: str, value: str, arguments: list[str]) -> None:
    assert call({name: value}) == arguments


def test_vllms_own_name_wins_over_those_of_others() -> None:
    assert call({"MAX_TOTAL_TOKENS": "2048", "VLLM_MAX_MODEL_LEN": "4096"}) == [
        "--max-model-len",
        "4096",
    ]


@pytest.mark.promise("hosting.vllm-embeddings")
def test_an_embedding_model_is_served_by_pooling() -> None:
    assert command({}, EMBEDDING, 0).argv[FIXED:] == ("--runner", "pooling")


@pytest.mark.parametrize(
    ("gpus", "environment", "size"),
    [
        (0, {}, None),
        (1, {}, None),
        (4, {}, "4"),
        (4, {"VLLM_TENSOR_PARALLEL_SIZE": "2"}, "2"),
        (8, {"VLLM_PIPELINE_PARALLEL_SIZE": "2"}, "4"),
    ],
)
def test_a_model_is_split_over_the_gpus_that_it_was_given(
    gpus: int, environment: dict[str, str], size: str | None
) -> None:
    words = call(environment, gpus)
    split = dict(zip(words, words[1:], strict=False)).get("--tensor-parallel-size")
    assert split == size


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("VLLM_GPU_MEMORY_UTILIZATION", "90%"),
        ("VLLM_GPU_MEMORY_UTILIZATION", "1.5"),
        ("VLLM_GPU_MEMORY_UTILIZATION", "0"),
        ("VLLM_MAX_MODEL_LEN", "0"),
        ("MAX_TOTAL_TOKENS", "many"),
        ("VLLM_ENABLE_PREFIX_CACHING", "ture"),
        ("VLLM_DTYPE", "--port=1"),
        ("VLLM_TOOL_CALL_PARSER", "hermes --port 1"),
        ("VLLM_EXTRA_ARGS", "serve this"),
        ("VLLM_EXTRA_ARGS", "--seed 7 -- another-model"),
        ("VLLM_EXTRA_ARGS", "--seed '7"),
    ],
)
def test_a_misspelt_value_is_quoted_with_its_name(name: str, value: str) -> None:
    with pytest.raises(BadSetting) as caught:
        call({name: value})
    assert str(caught.value).startswith(f"{name} is '{value}'")
    assert caught.value.fix.endswith(".")


@pytest.mark.parametrize(
    "words",
    [*OWNED, "--port=1", "--served_model_name x", "--served-model x", "--seed 7 --mod x"],
)
def test_what_the_platform_sets_cannot_be_set_again(words: str) -> None:
    with pytest.raises(BadSetting, match="is set by the platform"):
        call({"VLLM_EXTRA_ARGS": words})


def test_variables_that_vllm_reads_itself_reach_it_untouched() -> None:
    given = {"VLLM_LOGGING_LEVEL": "DEBUG", "VLLM_HOST_IP": "127.0.0.1", "VLLM_MAX_NUM_SEQS": "8"}
    told = command(given, TASK, 0).environment
    assert told["VLLM_LOGGING_LEVEL"] == "DEBUG"
    assert told["VLLM_HOST_IP"] == "127.0.0.1"
    assert told["VLLM_NO_USAGE_STATS"] == "1"
    assert "VLLM_MAX_NUM_SEQS" not in told


def test_a_limit_that_vllm_does_not_have_is_said_to_be_unused() -> None:
    assert command({}, TASK, 0).notes == ()
    (note,) = command({"MAX_INPUT_LENGTH": "1024"}, TASK, 0).notes
    assert "MAX_INPUT_LENGTH is not used" in note and "MAX_TOTAL_TOKENS" in note


def test_no_name_stands_for_two_flags() -> None:
    names = [name for flag in FLAGS for name in flag.names]
    assert len(names) == len(set(names))
