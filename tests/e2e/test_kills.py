"""Whatever is killed comes back, and no request fails but those that were in flight."""

import json
import os
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Self

import openai
import psutil
import pytest

from local.supervisor.state import State, read_json
from tests.e2e.client import Admin, ask, eventually, serve


class Traffic:
    """One person who asks one question after the other, and notes what failed."""

    def __init__(self, product: dict[str, Any]) -> None:
        self.answered = 0
        self.failures: list[str] = []
        self._client = serve(product).with_options(timeout=60)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> Self:
        self._thread.start()
        eventually(lambda: self.answered > 2 or None)
        return self

    def __exit__(self, *_: object) -> None:
        seen = self.answered
        with suppress(TimeoutError):
            eventually(lambda: self.answered > seen + 2 or None)
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._over.is_set():
            try:
                ask(self._client, "tiny-chat", "Hello", max_tokens=4)
                self.answered += 1
            except openai.APIError as error:
                self.failures.append(repr(error))


def child(state: State, name: str) -> int | None:
    """The pid of one of the supervisor's children."""
    pid = read_json(state.children).get(name, {}).get("pid")
    return int(pid) if pid and psutil.pid_exists(pid) else None


def task(state: State, words: str) -> int | None:
    """The pid of a process that the ECS agent runs, by the words of its command."""
    agent = child(state, "agent")
    if agent is None:
        return None
    with suppress(psutil.Error):
        for process in psutil.Process(agent).children(recursive=True):
            if words in " ".join(process.cmdline()):
                return int(process.pid)
    return None


def killed(pid_of: Callable[[], int | None]) -> None:
    """Kill a process without mercy, and return when another has taken its place."""
    victim = eventually(pid_of)
    os.kill(victim, signal.SIGKILL)

    def successor() -> int | None:
        pid = pid_of()
        return pid if pid not in (None, victim) else None

    eventually(successor)


VICTIMS: dict[str, Callable[[State], int | None]] = {
    "the emulator": lambda state: child(state, "emulator"),
    "a gateway": lambda state: task(state, "-m gateway"),
    "a model server": lambda state: task(state, "start.py"),
}


@pytest.mark.parametrize("victim", VICTIMS)
def test_a_killed_process_comes_back_and_costs_only_what_was_in_flight(
    product: dict[str, Any], product_state: State, victim: str
) -> None:
    with Traffic(product) as traffic:
        killed(lambda: VICTIMS[victim](product_state))

    assert len(traffic.failures) <= (0 if victim == "the emulator" else 1), traffic.failures
    eventually(lambda: ask(serve(product), "tiny-chat", "Hello", max_tokens=4), within=30)


def test_a_killed_emulator_refuses_nobody_and_forgets_nothing(
    product: dict[str, Any], product_state: State
) -> None:
    before = Admin(product).call("GET", "/models")[1]

    os.kill(eventually(lambda: child(product_state, "emulator")), signal.SIGKILL)

    status, after = Admin(product).call("GET", "/models")
    assert (status, json.dumps(after)) == (200, json.dumps(before))


def test_the_supervisor_says_what_it_brought_back(product_state: State) -> None:
    before = revivals(product_state)

    os.kill(eventually(lambda: child(product_state, "emulator")), signal.SIGKILL)

    eventually(lambda: revivals(product_state) == before + 1 or None)


def revivals(state: State) -> int:
    """How often the supervisor has said that it brought the emulator back."""
    return state.log("supervisor").read_text().count("emulator died (SIGKILL), restarted in")
