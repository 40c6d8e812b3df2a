"""Where downloaded tools are kept, so that a second clone or a second run finds them."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]


def cache_folder() -> Path:
    """The first folder of the candidates that can be written to."""
    for folder in _candidates():
        if _writable(folder):
            return folder
    raise OSError(
        "No folder for downloaded tools can be written to. Name one in the variable LISA_CACHE."
    )


def _candidates() -> list[Path]:
    chosen = os.environ.get("LISA_CACHE")
    if chosen:
        return [Path(chosen).absolute()]
    inside = REPOSITORY / ".local" / "cache"
    home = os.environ.get("HOME")
    shared = os.environ.get("XDG_CACHE_HOME") or (f"{home}/.cache" if home else "")
    return [Path(shared).absolute() / "lisa-on-sam", inside] if shared else [inside]


def _writable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False
