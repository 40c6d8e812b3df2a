"""How state lies on disk: one JSON file per service, large contents once beside them.

Files are replaced in one step, so that a killed process leaves the old or the new state, never half
of one. (What the kernel has taken survives the process; only a power failure could lose it.)
"""

import hashlib
import json
import re
from pathlib import Path
from typing import Any

from ministack.core import persistence

BLOB = "__blob__"
BLOB_REFERENCE = re.compile(rf'"{BLOB}": "([0-9a-f]{{64}})"')
LARGE = 64 * 1024

_default = persistence._json_default
_object_hook = persistence._json_object_hook
_written: dict[int, tuple[bytes, str]] = {}  # by identity; holds the bytes, so that ids stay theirs


def folder() -> Path:
    """Where ministack keeps its state."""
    return Path(persistence.STATE_DIR)


def replace(path: Path, content: bytes) -> None:
    """Write a file in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(path.suffix + ".new")
    unfinished.write_bytes(content)
    unfinished.replace(path)


def _blob(content: bytes) -> dict[str, str]:
    known = _written.get(id(content))
    if known is None:
        name = hashlib.sha256(content).hexdigest()
        path = folder() / "blobs" / name
        if not path.exists():
            replace(path, content)
        known = _written[id(content)] = (content, name)
    return {BLOB: known[1]}


def _encode_large(value: Any) -> Any:
    if isinstance(value, bytes) and len(value) > LARGE:
        return _blob(value)
    return _default(value)


def _decode_large(value: dict[str, Any]) -> Any:
    if BLOB in value:
        return (folder() / "blobs" / value[BLOB]).read_bytes()
    return _object_hook(value)


def encode(service: str, state: Any) -> bytes:
    """The content of a service's file, in ministack's own format."""
    version = persistence._state_format_version(service)
    wrapped = {"__ministack_format__": version, "payload": state}
    return json.dumps(wrapped, default=_encode_large).encode()


def forget_orphans() -> None:
    """Remove contents that no file refers to any more."""
    wanted: set[str] = set()
    for path in folder().glob("*.json"):
        wanted.update(BLOB_REFERENCE.findall(path.read_text()))
    for blob in (folder() / "blobs").glob("*"):
        if blob.name not in wanted:
            blob.unlink()


def apply() -> None:
    """Let ministack's own reader and writer know the references."""
    persistence._json_default = _encode_large
    persistence._json_object_hook = _decode_large
