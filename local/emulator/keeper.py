"""Saves the state of services in the background: soon after a change, and never for long."""

import hashlib
import logging
import threading
import time
from collections.abc import Callable
from typing import Any

from local.emulator import state_files

SECONDS_BETWEEN_LOOKS = 0.25
SECONDS_OF_AFTERMATH = 4.0  # a change goes on in the background after its answer
REST_PER_WORK = 30  # a service rests this many times as long as saving it took
# What is killed meanwhile comes back as it was then: a stack, say, without its load balancer.
LONGEST_REST = 1.0
# The readers of streams come first when copying and last when writing: what they have read has
# then certainly left its traces in the other services' files.
FIRST = "lambda"

Sources = dict[str, Callable[[], Any]]

log = logging.getLogger("local.state")


class Keeper:
    """Watches a set of services, each with a function that returns a copy of its state."""

    def __init__(self, sources: Callable[[], Sources], busy: Callable[[], bool]) -> None:
        self.after_writing: dict[str, Callable[[], None]] = {}
        self._sources = sources
        self._busy = busy
        self._changed_at = 0.0
        self._written: dict[str, bytes] = {}
        self._due: dict[str, float] = {}
        self._one_pass = threading.Lock()

    def note_change(self) -> None:
        """Something may have changed."""
        self._changed_at = time.monotonic()

    def watch(self) -> None:
        """Save for as long as the process lives."""
        while True:
            time.sleep(SECONDS_BETWEEN_LOOKS)
            if time.monotonic() - self._changed_at < SECONDS_OF_AFTERMATH or self._busy():
                self._save_or_tell()

    def _save_or_tell(self) -> None:
        """Whatever one service's copy or the disk does, the others are saved again and again."""
        try:
            self.save()
        except (AttributeError, LookupError, OSError, TypeError, ValueError):
            log.exception("State could not be saved. It is tried again after the next change.")

    def save(self, everything: bool = False) -> None:
        """Save each service that is due and differs from its file."""
        with self._one_pass:
            now = time.monotonic()
            sources = self._sources()
            names = sorted(sources, key=lambda name: name != FIRST)
            due = [name for name in names if everything or self._due.get(name, 0) < now]
            copies = [(name, self._copy(name, sources[name])) for name in due]
            for name, content in reversed(copies):
                if content is not None:
                    self._write(name, content)

    def _copy(self, name: str, get_state: Callable[[], Any]) -> bytes | None:
        began = time.monotonic()
        try:
            state = get_state()
            return None if state is None else state_files.encode(name, state)
        except RuntimeError:  # it changed while it was copied; the next look will find it
            self.note_change()
        except TypeError:
            log.exception("The state of %s cannot be written and will not outlive this run.", name)
        finally:
            work = time.monotonic() - began
            self._due[name] = time.monotonic() + min(work * REST_PER_WORK, LONGEST_REST)
        return None

    def _write(self, name: str, content: bytes) -> None:
        digest = hashlib.blake2b(content).digest()
        if digest != self._written.get(name):
            state_files.replace(state_files.folder() / f"{name}.json", content)
            self._written[name] = digest
            self.after_writing.get(name, lambda: None)()
