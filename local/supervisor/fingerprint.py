"""One number for everything that a deployment is made of."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

_SKIPPED = {"__pycache__", "node_modules", "tests"}
SOURCES = (
    "template.yaml",
    "samconfig.toml",
    "events",
    "layers",
    "functions",
    "statemachines",
    "containers",
    "frontend/template.yaml",
)


def fingerprint(root: Path, extra: Iterable[str] = (), sources: Iterable[str] = SOURCES) -> str:
    """Changes when a source file, its name or one of the extra settings changes."""
    digest = hashlib.sha256("\0".join(extra).encode())
    for source in sources:
        for file in _files(root / source):
            digest.update(f"{file.relative_to(root)}\0".encode())
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
    elif path.is_dir():
        for child in sorted(path.iterdir()):
            hidden = child.name.startswith(".") or child.suffix == ".pyc"
            if not hidden and child.name not in _SKIPPED:
                yield from _files(child)
