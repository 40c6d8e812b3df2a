"""Finds a Python 3.12, or another one that is asked for, that really runs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

VERSION = "3.12"
_USUAL_FOLDERS = ("/usr/bin", "/usr/local/bin", "/opt/homebrew/bin")
# An environment's python is a link to the one it was made with: both must give the same answer,
# or a tool that runs inside one environment would look for all the others under another name.
_TELL = (
    "import os, sys; print('%d.%d' % sys.version_info[:2]); "
    "print(os.path.realpath(getattr(sys, '_base_executable', sys.executable)))"
)


class PythonNotFound(Exception):
    """No usable Python 3.12, said together with what to do about it."""


def find_python(
    env: Mapping[str, str],
    folders: Iterable[str] = _USUAL_FOLDERS,
    running: str = sys.executable,
    version: str = VERSION,
) -> Path | None:
    """The first candidate that runs and is the right version."""
    wanted = env.get("LISA_PYTHON") if version == VERSION else None
    if wanted:
        found = real_python(Path(wanted))
        if found is None:
            raise PythonNotFound(
                f"LISA_PYTHON names {wanted}, which is not a working Python {VERSION}.\n"
                f"Name the full path of a Python {VERSION}, or unset LISA_PYTHON."
            )
        return found
    candidates = _candidates(env, folders, running, version)
    runs = (real_python(candidate, version) for candidate in candidates)
    return next((path for path in runs if path), None)


def real_python(candidate: Path, version: str = VERSION) -> Path | None:
    """The interpreter behind a name, or nothing when it does not run or is another version."""
    # pyenv puts a `python3.12` on PATH that exists but ends with 127 unless that version is chosen.
    if not os.access(candidate, os.X_OK):
        return None
    try:
        told = subprocess.run(
            [str(candidate), "-c", _TELL], capture_output=True, text=True, timeout=20, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    lines = told.stdout.split("\n")
    return Path(lines[1]) if told.returncode == 0 and lines[0] == version else None


def _candidates(
    env: Mapping[str, str], folders: Iterable[str], running: str, version: str
) -> list[Path]:
    name = f"python{version}"
    found = [Path(running)] if running else []
    found += [Path(folder) / name for folder in env.get("PATH", "").split(os.pathsep) if folder]
    roots = [env.get("PYENV_ROOT"), f"{env['HOME']}/.pyenv" if env.get("HOME") else None]
    for root in roots:
        if root:
            found += sorted(Path(root).glob(f"versions/{version}*/bin/python"), reverse=True)
    return found + [Path(folder) / name for folder in folders]
