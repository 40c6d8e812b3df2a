"""The web application, built once per content of its sources."""

from __future__ import annotations

import hashlib
import os
import shutil
from typing import TYPE_CHECKING

from local.toolchain.commands import run
from local.toolchain.locks import held
from local.toolchain.node import node_modules
from local.toolchain.places import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FRONTEND = "frontend"
# What Vite reads; tests and settings of linters build nothing.
SOURCES = ("index.html", "package-lock.json", "package.json", "public", "src", "tsconfig.json")
SETTINGS = ("first-load.ts", "vite.config.ts")
_KEPT = 5


def site(cache: Path, root: Path = REPOSITORY) -> Path:
    """The folder of the built application: made now, if these sources were never built here."""
    folder = built_site(cache, root)
    with held(cache / "locks" / folder.name):
        if not folder.exists():
            _build(cache, folder, root)
            _forget_old(folder.parent)
    return folder


def built_site(cache: Path, root: Path = REPOSITORY) -> Path:
    """Where it is, once it is built."""
    digest = hashlib.sha256()
    for file in _sources(root / FRONTEND):
        digest.update(f"{file.relative_to(root)}\0".encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return cache / "web" / f"site-{digest.hexdigest()[:12]}"


def linked_packages(cache: Path, root: Path = REPOSITORY) -> None:
    """Let the sources find their locked packages; a folder that a person installed is left."""
    link = root / FRONTEND / "node_modules"
    packages = node_modules(cache, FRONTEND)
    with held(cache / "locks" / "linked-packages"):
        if link.is_symlink() and link.resolve() != packages.resolve():
            link.unlink()
        if not link.exists():
            link.symlink_to(packages)


def _build(cache: Path, folder: Path, root: Path) -> None:
    linked_packages(cache, root)
    draft = folder.with_name(f"draft-{os.getpid()}")
    vite = root / FRONTEND / "node_modules" / ".bin" / "vite"
    options = ["--outDir", str(draft), "--emptyOutDir", "--logLevel", "warn"]
    command = [str(vite), "build", str(root / FRONTEND), *options]
    run(command, os.environ, "Building the web application")
    draft.replace(folder)


def _sources(frontend: Path) -> Iterator[Path]:
    for name in (*SOURCES, *SETTINGS):
        path = frontend / name
        found = sorted(path.rglob("*")) if path.is_dir() else [path]
        yield from (file for file in found if file.is_file() and ".test." not in file.name)


def _forget_old(folder: Path) -> None:
    made = sorted(folder.glob("site-*"), key=lambda site: site.stat().st_mtime, reverse=True)
    for site in made[_KEPT:]:
        shutil.rmtree(site, ignore_errors=True)
