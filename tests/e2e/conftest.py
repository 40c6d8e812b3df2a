"""The running product: started once for the whole session, beside any copy a person runs."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from local.supervisor.state import REPOSITORY, State, read_json
from tests.e2e.client import OPENED

_TOOLCHAIN = [sys.executable, "-m", "local.toolchain", "--run", "local"]


@pytest.fixture(scope="session")
def product_state(tmp_path_factory: pytest.TempPathFactory) -> Iterator[State]:
    """The state folder of a product that runs; LISA_E2E_STATE names one that runs already."""
    running = os.environ.get("LISA_E2E_STATE")
    if running:
        yield State(Path(running).absolute())
        return
    state = State(tmp_path_factory.mktemp("product"))
    try:
        started = _supervisor("up", state)
        assert started.returncode == 0, started.stdout
        yield state
    finally:
        _supervisor("down", state)


@pytest.fixture(scope="session")
def product(product_state: State) -> dict[str, Any]:
    """What endpoints.json tells: addresses, sign-ins, a token, the models."""
    return read_json(product_state.endpoints)


@pytest.fixture(autouse=True)
def closed_clients() -> Iterator[None]:
    """No connection outlives its test."""
    yield
    while OPENED:
        OPENED.pop().close()


def _supervisor(order: str, state: State) -> subprocess.CompletedProcess[str]:
    own = {name: value for name, value in os.environ.items() if name != "LISA_PORT_BASE"}
    return subprocess.run(
        [*_TOOLCHAIN, "python", "-m", "local.supervisor", order],
        cwd=REPOSITORY,
        env=own | {"LISA_STATE_DIR": str(state.folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=600,
        check=False,
    )
