"""Makes the virtual environments, each once per content of its lock files."""

from __future__ import annotations

import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from local.toolchain.catalogue import CATALOGUE, Venv
from local.toolchain.commands import InstallationFailed, run
from local.toolchain.locks import held
from local.toolchain.places import REPOSITORY, cache_folder
from local.toolchain.python_finder import VERSION, PythonNotFound, find_python, real_python
from local.toolchain.uv import uv_environment, uv_program
from local.toolchain.with_pip import begin

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

# Two at a time: installing is as much waiting for the network as it is work.
_PARALLEL = 2


class Toolchain:
    """The environments of this clone on this machine."""

    def __init__(self, cache: Path | None = None) -> None:
        self.cache = cache or cache_folder()
        self._env = uv_environment(self.cache)

    @cached_property
    def uv(self) -> Path:
        return uv_program(self.cache)

    @cached_property
    def python(self) -> Path:
        found = find_python(self._env)
        return found or self._downloaded_python()

    def folder(self, name: str) -> Path:
        return self.cache / "venvs" / CATALOGUE[name].key(str(self.python))

    def programs(self, name: str) -> Path:
        return self.folder(name) / "bin"

    def interpreter(self, name: str) -> Path:
        return self.programs(name) / "python"

    def ensure(self, names: Iterable[str], report: Callable[[str, float], None]) -> None:
        """Make what is missing, and report each environment that was made with its seconds."""
        missing = [name for name in names if not self._complete(name)]
        if not missing:
            return
        _ = self.uv, self.python
        with ThreadPoolExecutor(_PARALLEL) as pool:
            for name, seconds in pool.map(self._make, missing):
                report(name, seconds)

    def run_uv(self, *arguments: str, doing: str) -> str:
        return run([str(self.uv), *arguments], self._env, doing)

    def _complete(self, name: str) -> bool:
        folder = self.folder(name)
        return (folder / "complete").exists() and (folder / "bin" / "python").exists()

    def _make(self, name: str) -> tuple[str, float]:
        started = time.monotonic()
        with held(self.cache / "locks" / name):
            if not self._complete(name):
                self._install(CATALOGUE[name], self.folder(name))
        return name, time.monotonic() - started

    def _install(self, venv: Venv, folder: Path) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        doing = f"Making the environment {venv.name!r}"
        if venv.by_pip:
            pins = REPOSITORY / venv.by_pip
            begin(folder, pins, self._pythons(venv), str(self.uv), self._run)
        else:
            self.run_uv("venv", "--quiet", "--python", str(self.python), str(folder), doing=doing)
        for lock, options in venv.installs():
            self._add(folder, lock, options, doing)
        (folder / "complete").touch()

    def _pythons(self, venv: Venv) -> Iterator[Path]:
        for version in venv.versions:
            found = self.python if version == VERSION else find_python(self._env, version=version)
            if found:
                yield found

    def _run(self, command: list[str], doing: str) -> str:
        return run(command, self._env, doing)

    def _add(self, folder: Path, lock: Path, options: list[str], doing: str) -> None:
        target = ("--python", str(folder / "bin" / "python"))
        # Compiled once here, not at each start: most of a cold emulator's start would go there.
        how = ("--quiet", "--compile-bytecode", "--require-hashes", *options)
        self.run_uv("pip", "install", *how, *target, "-r", str(lock), doing=doing)

    def _downloaded_python(self) -> Path:
        try:
            self.run_uv("python", "install", VERSION, doing=f"Downloading Python {VERSION}")
            told = self.run_uv(
                *("python", "find", "--managed-python", VERSION), doing="Finding that Python"
            )
            path = real_python(Path(told.strip()))
        except InstallationFailed as error:
            raise PythonNotFound(_no_python(str(error))) from error
        if path is None:
            raise PythonNotFound(_no_python("The downloaded one does not run."))
        return path


def _no_python(why: str) -> str:
    return (
        f"No Python {VERSION} was found on this machine, and none could be downloaded.\n{why}\n"
        f"Install Python {VERSION}, or name one: LISA_PYTHON=<path of python{VERSION}> make up"
    )
