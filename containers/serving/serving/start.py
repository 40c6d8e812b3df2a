"""From the environment to a server, or to an exit code with a reason."""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from serving import bucket, fetch, task
from serving.command import Command, become, gpu_count
from serving.faults import CannotStart

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from serving.fetch import Select
    from serving.task import Task


@dataclass(frozen=True)
class Server:
    """A program that serves models: which types, which files, and how it is called.

    `command` gets the environment, the task and the number of GPUs, and raises BadSetting.
    """

    model_types: tuple[str, ...]
    select: Select
    command: Callable[[Mapping[str, str], Task, int], Command]


def start(server: Server) -> int:
    """Fetch the weights and become the server; the exit code when that cannot be."""
    end_at_once_on_sigterm()
    try:
        chosen = task.load(os.environ, server.model_types)
        # Before the fetch: a wrong value is told at once, not after half an hour.
        command = server.command(os.environ, chosen, gpu_count(os.environ, Path("/dev")))
        for note in command.notes:
            print(note, flush=True)
        fetch.fetch(bucket.client(chosen), chosen, server.select)
        become(command)
    except CannotStart as reason:
        return explain(reason)


def end_at_once_on_sigterm() -> None:
    """As the container's first process, which a signal without a handler does not reach."""
    signal.signal(signal.SIGTERM, lambda number, frame: os._exit(128 + number))


def explain(reason: CannotStart) -> int:
    """The last lines of the log; the exit code."""
    print(f"{type(reason).__name__}: {reason}", file=sys.stderr, flush=True)
    return reason.exit_code
