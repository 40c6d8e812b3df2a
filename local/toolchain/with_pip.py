"""An environment that begins with a package which only pip finds, and not for every Python.

torch for CPUs comes from indexes and folders that people name in pip's own settings.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from local.toolchain.commands import InstallationFailed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    Run = Callable[[list[str], str], str]


def begin(folder: Path, pins: Path, pythons: Iterable[Path], uv: str, run: Run) -> None:
    """Make the folder with the first interpreter that the pinned package exists for."""
    refusals: list[str] = []
    for python in pythons:
        doing = f"Installing {pins.parent.name}'s {pins.stem} with {python}"
        try:
            run([uv, "venv", "--quiet", "--seed", "--python", str(python), str(folder)], doing)
            run([*_pip(folder), "install", "--quiet", "--no-deps", "-r", str(pins)], doing)
        except InstallationFailed as error:
            refusals.append(str(error))
            shutil.rmtree(folder, ignore_errors=True)
        else:
            return
    raise InstallationFailed("\n\n".join([*refusals, _advice(pins)]))


def _pip(folder: Path) -> list[str]:
    return [str(folder / "bin" / "python"), "-m", "pip", "--disable-pip-version-check"]


def _advice(pins: Path) -> str:
    package = pins.read_text().strip().split("\n")[-1]
    return (
        f"No Python on this machine could install {package}. The general registry does not have "
        "it: PyTorch's own index for CPUs does. Name that one in PIP_EXTRA_INDEX_URL, or a folder "
        "with the wheel in PIP_FIND_LINKS, then run the same command again."
    )
