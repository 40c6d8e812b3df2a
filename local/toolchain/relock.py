"""Writes every lock file anew from the requirements beside it."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from local.toolchain.catalogue import CATALOGUE
from local.toolchain.places import REPOSITORY
from local.toolchain.python_finder import VERSION

if TYPE_CHECKING:
    from local.toolchain.venvs import Toolchain

_OPTIONS = ("--universal", "--generate-hashes", "--no-header", "--no-emit-index-url")


def relock(toolchain: Toolchain) -> None:
    """Lock all `.in` files that belong to the repository, to the newest allowed versions."""
    bare = {lock for venv in CATALOGUE.values() for lock in venv.bare}
    for name in _sources():
        lock = name[: -len(".in")] + ".txt"
        alone = ("--no-deps",) if lock in bare else ()
        toolchain.run_uv(
            *("pip", "compile", "--quiet", "--upgrade", *_OPTIONS, *alone),
            *("--python", str(toolchain.python), "--python-version", VERSION),
            *(name, "--output-file", lock),
            doing=f"Locking {name}",
        )
        print(f"locked {lock}")


def _sources() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.in"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    )
    return sorted(listed.stdout.split())
