"""CPU time by part of the product, of processes that end meanwhile, too."""

import contextlib
import threading
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import psutil

from local.supervisor.state import State, read_json

# What the supervisor's children start is told apart by its command.
PARTS = {"function_process": "functions", "-m gateway": "gateway", "start.py": "models"}
BETWEEN_LOOKS = 0.5  # seconds; functions that have nothing to do live longer


class Meter:
    """Looks at every process again and again: what one has spent is lost with it."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._part: dict[psutil.Process, str] = {}
        self._spent: dict[psutil.Process, float] = {}
        self._look()
        self._before = dict(self._spent)

    @contextmanager
    def running(self) -> Iterator["Meter"]:
        enough = threading.Event()
        watch = threading.Thread(target=self._watch, args=[enough], daemon=True)
        watch.start()
        try:
            yield self
        finally:
            enough.set()
            watch.join()
            self._look()

    def seconds(self) -> Mapping[str, float]:
        """By part: seconds of a core since the meter was made."""
        parts: dict[str, float] = defaultdict(float)
        for process, spent in self._spent.items():
            parts[self._part[process]] += spent - self._before.get(process, 0.0)
        return parts

    def _watch(self, enough: threading.Event) -> None:
        while not enough.wait(BETWEEN_LOOKS):
            self._look()

    def _look(self) -> None:
        for name, facts in read_json(self._state.children).items():
            if facts["pid"]:
                root = psutil.Process(facts["pid"])
                for process in [root, *root.children(recursive=True)]:
                    with contextlib.suppress(psutil.NoSuchProcess):
                        self._part.setdefault(process, _part(process) or name)
                        times = process.cpu_times()
                        self._spent[process] = times.user + times.system


def _part(process: psutil.Process) -> str | None:
    command = " ".join(process.cmdline())
    return next((part for sign, part in PARTS.items() if sign in command), None)
