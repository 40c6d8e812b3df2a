"""Zip files unpacked once per content, kept between runs, forgotten when nobody uses them."""

import atexit
import hashlib
import io
import os
import shutil
import tempfile
import threading
import time
import zipfile
from functools import cache
from pathlib import Path

DAYS_KEPT_UNUSED = 7


@cache
def cache_folder() -> Path:
    """Beside the state when that is kept; else a temporary folder that goes with this process."""
    if os.environ.get("PERSIST_STATE") == "1" and os.environ.get("STATE_DIR"):
        return Path(os.environ["STATE_DIR"]).absolute() / "unpacked"
    folder = Path(tempfile.mkdtemp(prefix="local-emulator-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


class Unpacked:
    """One folder per content of a zip file."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._lock = threading.Lock()

    def folder_of(self, content: bytes) -> Path:
        """The folder with the content of this zip file, complete or not there at all."""
        folder = self._root / hashlib.sha256(content).hexdigest()
        with self._lock:
            if not folder.is_dir():
                self._unpack(content, folder)
            os.utime(folder)
        return folder

    def _unpack(self, content: bytes, folder: Path) -> None:
        self._root.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=self._root) as scratch:
            unfinished = Path(scratch) / "content"
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                archive.extractall(unfinished)
            unfinished.rename(folder)

    def forget_old(self) -> None:
        """Remove what no function has used for days."""
        oldest = time.time() - DAYS_KEPT_UNUSED * 86_400
        for folder in self._root.glob("*"):
            if folder.stat().st_mtime < oldest:
                shutil.rmtree(folder, ignore_errors=True)
