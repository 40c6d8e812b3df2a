"""Starts and stops the staying process from the outside."""

import contextlib
import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable

from local.supervisor.ports import Ports, open_socket, remember
from local.supervisor.progress import StepFailed, last_lines
from local.supervisor.state import REPOSITORY, State, read_json

_STOP_SECONDS, _ORPHAN_SECONDS = 90.0, 20.0


def running_pid(state: State) -> int | None:
    """The supervisor's pid, if it runs: it then holds a lock that no crash can leave behind."""
    with contextlib.suppress(FileNotFoundError), state.lock.open("r") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return int(lock.read() or 0) or None
    return None


def launch(state: State, ports: Ports) -> None:
    """Open the sockets and hand them to a new supervisor in its own session."""
    _wait_for_orphans(state)
    emulator = open_socket(ports.emulator, "the local AWS")
    serve = open_socket(ports.serve, "the serving endpoint")
    ui = open_socket(ports.ui, "the web application")
    remember(state, ports)
    sockets = (emulator.fileno(), serve.fileno(), ui.fileno())
    logged = state.log("supervisor").open("ab")
    with emulator, serve, ui, state.lock.open("w") as lock, logged as log:
        # Taken here and inherited: from this line on the product counts as running.
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        process = subprocess.Popen(
            [sys.executable, "-m", "local.supervisor", "stay", *map(str, (ports.base, *sockets))],
            cwd=REPOSITORY,
            env=os.environ | {"LISA_STATE_DIR": str(state.folder)},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            pass_fds=(*sockets, lock.fileno()),
            start_new_session=True,
        )
        lock.write(str(process.pid))


def _wait_for_orphans(state: State) -> None:
    """Children of a supervisor that was killed save their data before they free the ports."""
    pids = [entry["pid"] for entry in read_json(state.children).values() if entry.get("pid")]
    until(lambda: not any(_lives(pid) for pid in pids), _ORPHAN_SECONDS)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, PermissionError):
        return False
    return True


def stop(state: State) -> bool:
    """Ask the supervisor to stop everything, wait until it has; False when none ran."""
    pid = running_pid(state)
    if pid is None:
        return False
    children = [entry.get("pid") for entry in read_json(state.children).values()]
    os.kill(pid, signal.SIGTERM)
    if not until(lambda: running_pid(state) is None, _STOP_SECONDS):
        for process in (pid, *filter(None, children)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
    return True


def wait_for_child(state: State, name: str, seconds: float) -> None:
    """Return once a child runs and answers."""

    def settled() -> bool:
        if running_pid(state) is None:
            raise StepFailed(
                "The supervisor ended while it started the product.",
                why=last_lines(state.log("supervisor")),
                fix="Run `make up` again; `make logs` shows everything that was said.",
            )
        return bool(read_json(state.children).get(name, {}).get("state") == "running")

    if not until(settled, seconds):
        raise StepFailed(
            f"The {name} did not start within {seconds:.0f} s.",
            why=last_lines(state.log(name)),
            fix=f"The whole log is {state.log(name)}.",
        )


def until(condition: Callable[[], bool], seconds: float, pause: float = 0.1) -> bool:
    """Ask until it is true or the time is over."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(pause)
    return True
