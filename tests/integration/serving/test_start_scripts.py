"""The scripts that images begin with, up to the program that they become."""

import json
import signal
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.integration.serving.conftest import CONTAINERS, Start
from tests.integration.serving.storage import PATIENCE, Storage

# Stands for a server whose own program is in no registry: tells how it was called, then serves
# nothing until it is told to end, and says by its exit code that it was.
PROGRAM = f"""#!{sys.executable}
import json, os, pathlib, signal, sys
signal.signal(signal.SIGTERM, lambda *_: os._exit(42))
told = {{"argv": sys.argv[1:], "environment": dict(os.environ), "pid": os.getpid()}}
pathlib.Path(os.environ["TOLD"] + ".new").write_text(json.dumps(told))
os.rename(os.environ["TOLD"] + ".new", os.environ["TOLD"])
signal.pause()
"""
PROGRAMS = {"tgi": "text-generation-launcher", "tei": "text-embeddings-router"}
TYPES = {"tgi": "textgen", "tei": "embedding"}


@pytest.fixture(autouse=True)
def checkpoint(storage: Storage) -> None:
    for name in ("config.json", "model.safetensors", "pytorch_model.bin"):
        storage.client().put_object(
            Bucket=storage.bucket, Key=f"team/m1/{name}", Body=name.encode()
        )


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """The folder of the programs, to be on the PATH."""
    (tmp_path / "bin").mkdir()
    for name in PROGRAMS.values():
        (tmp_path / "bin" / name).write_text(PROGRAM)
        (tmp_path / "bin" / name).chmod(0o755)
    return tmp_path / "bin"


def told(path: Path) -> dict[str, Any]:
    deadline = time.monotonic() + PATIENCE
    while not path.exists():
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return dict(json.loads(path.read_text()))


def script(name: str) -> str:
    return str(CONTAINERS / name / "start.py")


@pytest.mark.promise("hosting.metadata-and-weights")
@pytest.mark.parametrize("name", PROGRAMS)
def test_a_start_script_becomes_its_server(
    start: Start, programs: Path, folder: Path, name: str
) -> None:
    task = {"MODEL_TYPE": TYPES[name], "TOLD": str(programs / "told"), "PORT": "41802"}
    process = start(script(name), PATH=str(programs), HOSTNAME="0123abcd", **task)
    server = told(programs / "told")
    assert server["pid"] == process.pid
    assert server["argv"][:2] == ["--model-id", str(folder)]
    assert server["argv"][-4:] == ["--hostname", "0.0.0.0", "--port", "41802"]
    assert server["environment"]["HF_HUB_OFFLINE"] == "1"
    assert {"MODEL_ID", "HOSTNAME", "AWS_SECRET_ACCESS_KEY"} & set(server["environment"]) == set()
    assert sorted(path.name for path in folder.iterdir()) == ["config.json", "model.safetensors"]
    process.send_signal(signal.SIGTERM)
    assert process.wait(PATIENCE) == 42


def test_an_image_without_the_server_says_what_it_has_to_be_built_on(
    start: Start, tmp_path: Path
) -> None:
    process = start(script("tgi"), PATH=str(tmp_path))
    said, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 17
    assert "text-generation-launcher cannot be run in this image" in said
    assert "BASE_IMAGE" in said


@pytest.mark.parametrize(
    ("name", "variable", "value"),
    [
        ("vllm", "VLLM_MAX_MODEL_LEN", "long"),
        ("tgi", "MAX_TOTAL_TOKENS", "long"),
        ("tei", "MODEL_TYPE", "textgen"),
    ],
)
def test_a_wrong_value_ends_the_start_before_anything_is_fetched(
    storage: Storage, start: Start, name: str, variable: str, value: str
) -> None:
    process = start(script(name), **{"MODEL_TYPE": TYPES.get(name, "textgen"), variable: value})
    said, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 11
    assert f"BadSetting: {variable} is '{value}'" in said
    assert storage.reads == []


def test_missing_weights_end_the_start_with_a_sentence(start: Start) -> None:
    process = start(script("vllm"), MODEL_NAME="team/absent")
    said, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 12
    assert "There are no weights at s3://" in said
