"""A gateway that is told to end many times at once ends."""

import os
import signal
import subprocess
import sys

import pytest

from gateway.end_signals import EndSignals

WAITS = """
from gateway.end_signals import EndSignals
with EndSignals() as told:
    print("ready", flush=True)
    told.wait()
    print("ended", flush=True)
"""


@pytest.mark.parametrize("burst", [1, 300])
def test_however_many_signals_come_the_wait_ends(burst: int) -> None:
    path = {"PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", WAITS]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=path) as process:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        for _ in range(burst):
            process.terminate()
        try:
            # What comes after the handlers are gone ends the process in the ordinary way.
            assert process.wait(timeout=20) in (0, -signal.SIGTERM)
        finally:
            process.kill()


def test_a_signal_that_came_before_the_wait_is_not_lost() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with EndSignals() as told:
        os.kill(os.getpid(), signal.SIGTERM)
        told.wait()
    assert signal.getsignal(signal.SIGTERM) is before
