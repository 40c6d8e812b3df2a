"""From a task's environment to the call of the real server."""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from serving.command import Command, gpu_count, inherited
from serving.faults import BadSetting
from serving.servers import tei, tgi, vllm
from serving.task import Task

TASK = Task("tiny", "models", "team/m1", Path("/weights"), host="127.0.0.1", port=41800)
FOLDER = "/weights/models/team%2Fm1"
ROLE = {
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/v2/credentials/1",
    "AWS_SECRET_ACCESS_KEY": "secret",
    "AWS_SESSION_TOKEN": "token",
    "PYTHONPATH": "/opt/lisa/serving",
}

MakeCommand = Callable[[Mapping[str, str], Task, int], Command]


def tgi_call(environment: dict[str, str], gpus: int = 0) -> list[str]:
    return list(tgi.command(environment, TASK, gpus).argv)


def test_vllm_serves_the_folder_under_the_models_name() -> None:
    assert vllm.command({}, TASK, gpus=1).argv == (
        *(sys.executable, "-m", "vllm.entrypoints.openai.api_server"),
        *("--model", FOLDER, "--served-model-name", "tiny"),
        *("--host", "127.0.0.1", "--port", "41800"),
    )


@pytest.mark.promise("hosting.tgi")
def test_tgi_is_told_where_the_model_is_and_where_to_listen() -> None:
    assert tgi_call({}) == [
        *("text-generation-launcher", "--model-id", FOLDER),
        *("--hostname", "127.0.0.1", "--port", "41800"),
    ]


@pytest.mark.promise("hosting.tei")
def test_tei_serves_the_folder_under_the_models_name() -> None:
    assert tei.command({}, TASK, gpus=1).argv == (
        *("text-embeddings-router", "--model-id", FOLDER, "--served-model-name", "tiny"),
        *("--hostname", "127.0.0.1", "--port", "41800"),
    )


@pytest.mark.parametrize("command", [tgi.command, tei.command])
def test_no_variable_of_ours_is_mistaken_for_one_of_theirs(command: MakeCommand) -> None:
    given = {"MODEL_ID": "tiny", "HOSTNAME": "0123abcd", "PORT": "1", "MAX_BATCH_TOKENS": "9"}
    told = command(given, TASK, 0).environment
    assert {"MODEL_ID", "HOSTNAME", "PORT"} & set(told) == set()
    assert told["MAX_BATCH_TOKENS"] == "9"


@pytest.mark.parametrize("command", [vllm.command, tgi.command, tei.command])
def test_the_way_to_the_roles_credentials_ends_before_the_server(command: MakeCommand) -> None:
    told = command(ROLE, TASK, 0).environment
    assert set(ROLE) & set(told) == set()


@pytest.mark.promise("hosting.tgi-variables")
@pytest.mark.parametrize(
    ("environment", "arguments"),
    [
        ({}, []),
        ({"MAX_INPUT_LENGTH": "1024"}, ["--max-input-tokens", "1024"]),
        ({"MAX_INPUT_LENGTH": "1024", "MAX_INPUT_TOKENS": "8"}, ["--max-input-tokens", "8"]),
        ({"MAX_INPUT_LENGTH": "8", "MAX_TOTAL_TOKENS": "9"}, ["--max-input-tokens", "8"]),
    ],
)
def test_tgi_gets_its_limit_of_the_input_by_one_name(
    environment: dict[str, str], arguments: list[str]
) -> None:
    command = tgi.command(environment, TASK, 0)
    assert list(command.argv[7:]) == arguments
    assert {"MAX_INPUT_LENGTH", "MAX_INPUT_TOKENS"} & set(command.environment) == set()


@pytest.mark.parametrize(
    ("gpus", "environment", "shards"),
    [
        (1, {}, False),
        (4, {}, True),
        (4, {"NUM_SHARD": "2"}, False),
        (4, {"SHARDED": "false"}, False),
    ],
)
def test_tgi_uses_all_gpus_unless_told_otherwise(
    gpus: int, environment: dict[str, str], shards: bool
) -> None:
    assert ("--num-shard" in tgi_call(environment, gpus)) is shards


@pytest.mark.parametrize(
    ("name", "value", "others"),
    [
        ("MAX_INPUT_LENGTH", "many", {}),
        ("MAX_INPUT_LENGTH", "2048", {"MAX_TOTAL_TOKENS": "2048"}),
        ("MAX_CONCURRENT_REQUESTS", "0", {}),
        ("NUM_SHARD", "all", {}),
    ],
)
def test_tgi_refuses_a_wrong_value_before_anything_is_fetched(
    name: str, value: str, others: dict[str, str]
) -> None:
    with pytest.raises(BadSetting, match=f"{name} is '{value}'"):
        tgi_call({name: value, **others})


def test_tei_takes_larger_requests_than_it_would_alone() -> None:
    assert tei.command({}, TASK, 0).environment["MAX_CLIENT_BATCH_SIZE"] == "128"
    told = tei.command({"MAX_CLIENT_BATCH_SIZE": "16"}, TASK, 0).environment
    assert told["MAX_CLIENT_BATCH_SIZE"] == "16"


def test_tei_says_what_it_does_not_use() -> None:
    length, gpus = tei.command({"MAX_INPUT_LENGTH": "512"}, TASK, gpus=4).notes
    assert "MAX_INPUT_LENGTH is not used" in length
    assert "one of the 4 GPUs" in gpus


def test_nothing_is_asked_of_a_hub_unless_the_task_says_so() -> None:
    assert inherited({}, frozenset())["HF_HUB_OFFLINE"] == "1"
    assert inherited({"HF_HUB_OFFLINE": "0"}, frozenset())["HF_HUB_OFFLINE"] == "0"


@pytest.mark.parametrize(
    ("visible", "count"),
    [("GPU-1,GPU-2", 2), ("GPU-1", 1), ("all", 3), (None, 3), ("void", 0), ("none", 0), ("", 0)],
)
def test_gpus_are_counted_by_name_or_by_device(
    tmp_path: Path, visible: str | None, count: int
) -> None:
    for device in ("nvidia0", "nvidia1", "nvidia2", "nvidiactl", "nvidia-uvm"):
        (tmp_path / device).touch()
    environment = {} if visible is None else {"NVIDIA_VISIBLE_DEVICES": visible}
    assert gpu_count(environment, tmp_path) == count
