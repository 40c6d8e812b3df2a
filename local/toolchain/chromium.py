"""The browser that tests drive: the system's, or Debian's package where we may install it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from local.toolchain.commands import InstallationFailed, run

_PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Without fonts of its own a page is measured and photographed with boxes.
PACKAGES = ("chromium", "fonts-dejavu-core", "fonts-liberation", "fonts-noto-color-emoji")
_ADVICE = (
    "The browser tests need Chromium. Install it (Debian: apt-get install "
    f"--no-install-recommends {' '.join(PACKAGES)}), or name a program in LISA_CHROMIUM."
)


def chromium() -> Path:
    """The program: LISA_CHROMIUM, else one on the PATH, else one that is installed now."""
    chosen = os.environ.get("LISA_CHROMIUM")
    if chosen and shutil.which(chosen) is None:
        raise InstallationFailed(f"LISA_CHROMIUM names {chosen}, which is no program.")
    return Path(chosen) if chosen else _found() or _installed()


def _found() -> Path | None:
    found = filter(None, map(shutil.which, _PROGRAMS))
    return next((Path(program) for program in found), None)


def _installed() -> Path:
    apt = shutil.which("apt-get")
    if apt is None or os.geteuid() != 0:
        raise InstallationFailed(_ADVICE)
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run([apt, "update"], env, "Reading Debian's packages")
    options = ["install", "--yes", "--no-install-recommends"]
    run([apt, *options, *PACKAGES], env, "Installing Chromium")
    program = _found()
    if program is None:
        raise InstallationFailed(_ADVICE)
    return program
