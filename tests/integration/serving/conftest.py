"""A fresh bucket for each test, and a start script's fetch as a process of its own."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.integration.serving.storage import Storage
from tests.support.processes import launching

CONTAINERS = Path(__file__).parents[3] / "containers"
# What every start script does before its server begins, and how much memory that took.
FETCH = """
import os, pathlib, sys
from serving import bucket, fetch, task
from serving.faults import CannotStart
from serving.start import explain
chosen = task.load(os.environ, ("textgen",))
try:
    fetch.fetch(bucket.client(chosen), chosen, lambda weights, location: weights)
except CannotStart as reason:
    sys.exit(explain(reason))
print(pathlib.Path("/proc/self/status").read_text())
"""

type Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def storage() -> Iterator[Storage]:
    with Storage().running() as storage:
        yield storage


@pytest.fixture
def environment(storage: Storage, tmp_path: Path) -> dict[str, str]:
    """A task's, for the weights at `team/m1`."""
    return {
        "AWS_ENDPOINT_URL": storage.url,
        "AWS_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "MODEL_ID": "m1",
        "MODEL_NAME": "team/m1",
        "MODELS_BUCKET": storage.bucket,
        "WEIGHTS_DIR": str(tmp_path / "weights"),
        "PYTHONPATH": str(CONTAINERS / "serving"),
    }


@pytest.fixture
def folder(storage: Storage, tmp_path: Path) -> Path:
    return tmp_path / "weights" / storage.bucket / "team%2Fm1"


@pytest.fixture
def start(environment: dict[str, str]) -> Iterator[Start]:
    """Starts a program of this Python; whatever still runs is killed."""
    with launching() as launch:

        def begin(*arguments: str, **further: str) -> subprocess.Popen[str]:
            command = [sys.executable, *(arguments or ("-c", FETCH))]
            return launch(command, environment | further)

        yield begin
