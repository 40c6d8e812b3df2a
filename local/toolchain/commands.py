"""Runs one installation command and keeps its last lines for the sentence a person reads."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from local.toolchain.places import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class InstallationFailed(Exception):
    """A tool could not be installed."""


def run(command: Sequence[str], env: Mapping[str, str], doing: str) -> str:
    """The command's output, or an error with what was being done and how it ended."""
    done = subprocess.run(
        list(command),
        cwd=REPOSITORY,
        env=dict(env),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == 0:
        return done.stdout
    tail = "\n".join((done.stderr or done.stdout).strip().split("\n")[-12:])
    raise InstallationFailed(
        f"{doing} failed:\n{tail}\n"
        "Packages come from the registry that your pip settings name: check that it can be reached "
        "(PIP_INDEX_URL, UV_DEFAULT_INDEX, a proxy), then run the same command again."
    )
