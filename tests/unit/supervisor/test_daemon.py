"""The staying process, with children that only sleep."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from local.supervisor.control import until
from local.supervisor.state import REPOSITORY, State, read_json

SECONDS = 20.0
PROGRAM = """
import os, sys
from pathlib import Path
from local.supervisor.children import Spec
from local.supervisor.daemon import Daemon
from local.supervisor.state import State
state = State(Path(sys.argv[1]))
sleeper = [sys.executable, "-c", "import time; time.sleep(600)"]
order = Path(sys.argv[1], "first.ready").exists
Daemon(state, [
    Spec("first", sleeper, "", dict(os.environ), answers=order),
    Spec("second", sleeper, "", dict(os.environ)),
]).run()
"""


@pytest.fixture
def state(tmp_path: Path) -> State:
    state = State(tmp_path)
    state.logs.mkdir()
    return state


@pytest.fixture
def daemon(state: State) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(state.folder)],
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        yield process
        process.kill()


def facts(state: State, name: str) -> dict[str, Any]:
    return dict(read_json(state.children).get(name, {}))


def runs(state: State, name: str) -> bool:
    return facts(state, name).get("state") == "running"


def lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.usefixtures("daemon")
def test_a_child_starts_only_when_the_one_before_it_answers(state: State) -> None:
    assert until(lambda: facts(state, "first").get("state") == "starting", SECONDS)
    assert facts(state, "second")["pid"] is None
    (state.folder / "first.ready").touch()
    assert until(lambda: runs(state, "second"), SECONDS)


def test_a_killed_child_comes_back_and_the_log_says_so(
    state: State, daemon: subprocess.Popen[str]
) -> None:
    (state.folder / "first.ready").touch()
    assert until(lambda: runs(state, "second"), SECONDS)
    killed = facts(state, "second")["pid"]
    os.kill(killed, signal.SIGKILL)
    assert until(lambda: facts(state, "second").get("restarts") == 1, SECONDS)
    assert until(lambda: runs(state, "second"), SECONDS)
    assert facts(state, "second")["pid"] != killed
    daemon.terminate()
    said = daemon.communicate(timeout=SECONDS)[0]
    assert "second died (SIGKILL), restarted in " in said


def test_asked_to_stop_it_stops_its_children_last_one_first(
    state: State, daemon: subprocess.Popen[str]
) -> None:
    (state.folder / "first.ready").touch()
    assert until(lambda: runs(state, "second"), SECONDS)
    pids = [facts(state, name)["pid"] for name in ("first", "second")]
    daemon.terminate()
    said = daemon.communicate(timeout=SECONDS)[0]
    assert said.index("second stopped") < said.index("first stopped")
    assert not any(lives(pid) for pid in pids)


def test_children_die_with_their_supervisor(state: State, daemon: subprocess.Popen[str]) -> None:
    (state.folder / "first.ready").touch()
    assert until(lambda: runs(state, "second"), SECONDS)
    pids = [facts(state, name)["pid"] for name in ("first", "second")]
    daemon.kill()
    daemon.communicate()
    assert until(lambda: not any(lives(pid) for pid in pids), SECONDS)
