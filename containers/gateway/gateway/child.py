"""One child process: started, watched, started again when it dies, stopped with patience."""

import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence

from gateway.log import say

STEADY_SECONDS = 5.0
PAUSE_SECONDS = 1.0


class Child:
    """`python -m gateway.<role>`, kept running until it is stopped."""

    def __init__(self, role: str, env: Mapping[str, str], keep_open: Sequence[int] = ()) -> None:
        self._role = role
        self._env = env
        self._keep_open = keep_open
        self._stopping = threading.Event()
        self._changing = threading.Lock()
        self._process = self._start()
        self._watcher = threading.Thread(target=self._watch, daemon=True)
        self._watcher.start()

    def stop(self, patience: float) -> None:
        with self._changing:
            self._stopping.set()
            self._process.terminate()
        self._watcher.join(patience)
        if self._watcher.is_alive():
            say("child killed", child=self._role, cause=f"still busy after {patience:g} s")
            self._process.kill()
            self._watcher.join()

    def _watch(self) -> None:
        while True:
            began = time.monotonic()
            status = self._process.wait()
            if self._stopping.is_set():
                return
            say("child died", child=self._role, status=status, effect="started again")
            # At once after a good run; with a pause when it cannot even start.
            if time.monotonic() - began < STEADY_SECONDS:
                self._stopping.wait(PAUSE_SECONDS)
            with self._changing:
                if self._stopping.is_set():
                    return
                self._process = self._start()

    def _start(self) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(  # noqa: S603  (ourselves, with a name of our own)
            [sys.executable, "-m", f"gateway.{self._role}"],
            env=dict(self._env),
            pass_fds=self._keep_open,
            # Our end closes when we die, however we die, and the child stops after its streams.
            stdin=subprocess.PIPE,
            # Signals of a terminal or a process group are the parent's to pass on, in order.
            start_new_session=True,
        )
