"""The process that stays: it holds the listening sockets and keeps the children running."""

import contextlib
import os
import select
import signal
import socket
import subprocess
import time
from dataclasses import dataclass, field
from types import FrameType

from local.supervisor.children import Sockets, Spec, specs, start
from local.supervisor.ports import Ports
from local.supervisor.restarts import cause, delay
from local.supervisor.state import State, write_json

_QUICK, _CALM, _CHECK = 0.1, 1.0, 5.0


@dataclass
class Child:
    """One child and what has happened to it."""

    spec: Spec
    process: subprocess.Popen[bytes] | None = None
    ready: bool = False
    answering: bool = True
    deaths: list[float] = field(default_factory=list)
    since: float = 0.0
    next_start: float = 0.0
    next_check: float = 0.0
    reason: str = ""

    def facts(self) -> dict[str, object]:
        """What `make status` shows."""
        running = "running" if self.answering else "not answering"
        word = running if self.ready else ("starting" if self.process else "waiting to restart")
        pid = self.process.pid if self.process else None
        return {
            "pid": pid,
            "state": word,
            "restarts": len(self.deaths),
            "address": self.spec.address,
            "last_death": self.reason,
        }


class Daemon:
    """A loop over the children; in one thread, because a child dies with the thread it is from."""

    def __init__(self, state: State, children: list[Spec]) -> None:
        self._state = state
        self._children = [Child(spec) for spec in children]
        self._written: dict[str, object] = {}
        self._stopping = False
        self._wakeup, self._bell = socket.socketpair()
        self._wakeup.setblocking(False)
        self._bell.setblocking(False)

    def run(self) -> None:
        """Tend the children until a signal says stop."""
        signal.set_wakeup_fd(self._bell.fileno(), warn_on_full_buffer=False)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        while not self._stopping:
            for child in self._children:
                self._tend(child)
            self._tell()
            self._rest()
        for child in reversed(self._children):
            self._end(child)

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stopping = True

    def _tend(self, child: Child) -> None:
        now = time.monotonic()
        if child.process is None:
            if now >= child.next_start and self._may_start(child):
                child.process = start(child.spec, self._state)
                child.since = child.since or now
        elif child.process.poll() is not None:
            self._mourn(child, now)
        elif not child.ready:
            if child.spec.answers():
                self._welcome(child)
        elif now >= child.next_check:
            self._check(child, now)

    def _may_start(self, child: Child) -> bool:
        before = self._children[: self._children.index(child)]
        return bool(child.deaths) or all(other.ready for other in before)

    def _mourn(self, child: Child, now: float) -> None:
        assert child.process is not None
        child.reason = cause(child.process.returncode)
        child.process, child.ready, child.since = None, False, now
        child.deaths.append(now)
        wait = delay(child.deaths, now)
        child.next_start = now + wait
        if wait:
            log(f"{child.spec.name} died again ({child.reason}), next start in {wait:.0f} s")

    def _welcome(self, child: Child) -> None:
        seconds = time.monotonic() - child.since
        child.ready, child.answering, child.since = True, True, 0.0
        child.next_check = time.monotonic() + _CHECK
        if child.deaths:
            log(f"{child.spec.name} died ({child.reason}), restarted in {seconds:.1f} s")
        else:
            log(f"{child.spec.name} started in {seconds:.1f} s")

    def _check(self, child: Child, now: float) -> None:
        answers = child.spec.answers()
        child.next_check = now + _CHECK
        if answers != child.answering:
            log(f"{child.spec.name} {'answers again' if answers else 'does not answer'}")
        child.answering = answers

    def _tell(self) -> None:
        facts = {child.spec.name: child.facts() for child in self._children}
        if facts != self._written:
            write_json(self._state.children, facts)
            self._written = dict(facts)

    def _rest(self) -> None:
        settled = all(child.ready for child in self._children)
        select.select([self._wakeup], [], [], _CALM if settled else _QUICK)
        with contextlib.suppress(BlockingIOError):
            self._wakeup.recv(1024)

    def _end(self, child: Child) -> None:
        if child.process is None:
            return
        child.process.terminate()
        try:
            child.process.wait(child.spec.stop_seconds)
            log(f"{child.spec.name} stopped")
        except subprocess.TimeoutExpired:
            child.process.kill()
            child.process.wait()
            log(f"{child.spec.name} did not stop in {child.spec.stop_seconds:.0f} s: killed")


def serve(state: State, ports: Ports, sockets: Sockets) -> None:
    """Run the product until it is told to stop."""
    state.children.unlink(missing_ok=True)
    log(f"supervisor {os.getpid()} started, ports from {ports.base}")
    Daemon(state, specs(state, ports, sockets)).run()
    state.children.unlink(missing_ok=True)
    log("supervisor stopped")


def log(text: str) -> None:
    """One line for `make logs`."""
    print(f"{time.strftime('%H:%M:%S')} {text}", flush=True)
