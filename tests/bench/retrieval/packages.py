"""Manuals that people wrote: Debian's doc packages, fetched without installing them."""

import hashlib
import shutil
import subprocess
from pathlib import Path

PACKAGES = (
    "debian-faq",
    "debian-policy",
    "debian-reference-en",
    "developers-reference",
    "git-doc",
    "python3.11-doc",
    "sqlite3-doc",
)


class NoManuals(Exception):
    """This machine cannot fetch the packages; the message says why."""


def manuals(cache: Path) -> Path:
    """Return the folder of the unpacked packages, `usr/share/...`; 28 MB the first time."""
    folder = cache / hashlib.sha256(" ".join(PACKAGES).encode()).hexdigest()[:12]
    if not (folder / "complete").exists():
        _fetch(folder)
    return folder / "root"


def versions(cache: Path) -> list[str]:
    """Return name and version of each package, as its file says: they change with Debian's."""
    return sorted(file.stem for file in manuals(cache).parent.glob("*.deb"))


def _fetch(folder: Path) -> None:
    if not (shutil.which("apt-get") and shutil.which("dpkg")):
        raise NoManuals("Debian's doc packages need apt-get and dpkg, which this machine has not.")
    folder.mkdir(parents=True, exist_ok=True)
    _run(["apt-get", "download", "--quiet", *PACKAGES], folder)
    for package in sorted(folder.glob("*.deb")):
        _run(["dpkg", "-x", package.name, "root"], folder)
    (folder / "complete").touch()


def _run(command: list[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        last = (done.stderr.strip() or "no reason given").splitlines()[-1]
        raise NoManuals(f"{command[0]} could not fetch Debian's doc packages: {last}")
