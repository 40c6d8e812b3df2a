"""The one tool that installs all others: a pinned uv, checked against its hashes."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from pathlib import Path

from local.toolchain.commands import InstallationFailed, run
from local.toolchain.locks import held

LOCK = Path(__file__).with_name("uv.txt")
# uv reads none of pip's settings; whoever has set them means them for us, too.
_SAME_AS_PIP = {
    "PIP_INDEX_URL": "UV_DEFAULT_INDEX",
    "PIP_EXTRA_INDEX_URL": "UV_INDEX",
    "PIP_FIND_LINKS": "UV_FIND_LINKS",
    "PIP_CERT": "SSL_CERT_FILE",
}


def uv_program(cache: Path) -> Path:
    """The path of uv, installed on first use."""
    folder = cache / f"uv-{hashlib.sha256(LOCK.read_bytes()).hexdigest()[:12]}"
    program = folder / "bin" / "uv"
    with held(cache / "locks" / "uv"):
        if not program.exists():
            shutil.rmtree(folder, ignore_errors=True)
            _install(folder)
    return program


def uv_environment(cache: Path) -> dict[str, str]:
    """What uv runs with: its own cache beside ours, so that an unwritable home does not matter."""
    env = {key: value for key, value in os.environ.items() if key != "VIRTUAL_ENV"}
    env.setdefault("UV_CACHE_DIR", str(cache / "uv-cache"))
    env.setdefault("UV_PYTHON_INSTALL_DIR", str(cache / "python"))
    # pip trusts what the system trusts, such as a company's own authority; uv only when told to.
    env.setdefault("UV_SYSTEM_CERTS", "true")
    for theirs, ours in _SAME_AS_PIP.items():
        if theirs in env:
            env.setdefault(ours, env[theirs])
    return {**env, "UV_NO_PROGRESS": "1"}


def _install(folder: Path) -> None:
    # Some systems ship python3 without pip, others without venv: either one is enough.
    install = ["install", "--quiet", "--require-hashes", "-r", str(LOCK)]
    env = dict(os.environ)
    try:
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
        run([*pip, *install, "--target", str(folder)], env, "Installing uv with pip")
    except InstallationFailed:
        shutil.rmtree(folder, ignore_errors=True)
        run([sys.executable, "-m", "venv", str(folder)], env, "Making a place for uv")
        run([str(folder / "bin" / "pip"), *install], env, "Installing uv")
