"""The program that serves the model, and how the start script becomes it."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NoReturn

from serving.faults import ServerFailed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

# Nothing is asked of a model hub, and nobody is told what is served here. Who knows better may
# set them otherwise in the task.
ALONE = {
    "DO_NOT_TRACK": "1",
    "HF_DATASETS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
}
# The start script's own: the way to the role's credentials, which a server that may run the code
# of a checkpoint has no use for, and the path to boto3.
OURS = ("AWS_CONTAINER_", "AWS_ACCESS_KEY_ID", "AWS_SECRET_", "AWS_SESSION_TOKEN", "PYTHONPATH")


@dataclass(frozen=True)
class Command:
    """A server's arguments and environment; `notes` are for whoever reads the log."""

    argv: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def inherited(environment: Mapping[str, str], without: frozenset[str]) -> dict[str, str]:
    """What a server gets of the task's environment: all but ours and what is told otherwise."""
    kept = {
        name: value
        for name, value in environment.items()
        if name not in without and not name.startswith(OURS)
    }
    return {**ALONE, **kept}


def gpu_count(environment: Mapping[str, str], devices: Path) -> int:
    """How many GPUs the scheduler gave this container: named one by one, or all of `/dev`."""
    named = environment.get("NVIDIA_VISIBLE_DEVICES", "all").strip()
    if named in ("", "none", "void"):
        return 0
    if named != "all":
        return len(named.split(","))
    return len(list(devices.glob("nvidia[0-9]*")))


def become(command: Command) -> NoReturn:
    """Replace this process: signals and the exit code are the server's own. Raises ServerFailed."""
    try:
        os.execvpe(command.argv[0], command.argv, command.environment)  # noqa: S606
    except OSError as error:
        raise ServerFailed(
            f"{command.argv[0]} cannot be run in this image: {error.strerror}.",
            "Build the image on the server's own: see BASE_IMAGE in the container's Dockerfile.",
        ) from error
