"""Locked npm packages, installed once per content of their lock file."""

from __future__ import annotations

import hashlib
import os
import shutil
from typing import TYPE_CHECKING

from local.toolchain.commands import run
from local.toolchain.locks import held
from local.toolchain.places import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

_FILES = ("package.json", "package-lock.json")


def node_modules(cache: Path, source: str) -> Path:
    """The installed packages of a folder of the repository, such as `local/asl`."""
    content = b"".join((REPOSITORY / source / name).read_bytes() for name in _FILES)
    name = f"{source.replace('/', '-')}-{hashlib.sha256(content).hexdigest()[:12]}"
    folder = cache / "node" / name
    with held(cache / "locks" / f"node-{name}"):
        if not (folder / "complete").exists():
            _install(source, folder, cache)
    return folder / "node_modules"


def _install(source: str, folder: Path, cache: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in _FILES:
        shutil.copy(REPOSITORY / source / name, folder)
    env = {"npm_config_cache": str(cache / "npm"), **os.environ}
    command = ["npm", "ci", "--prefix", str(folder), "--no-audit", "--no-fund", "--ignore-scripts"]
    run(command, env, f"Installing the npm packages of {source}")
    (folder / "complete").touch()
