"""One log file for each task, few of them, none of them long."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

KEPT_FILES = 50
LONGEST = 16 * 1024 * 1024
KEPT_OF_A_LONG_ONE = 1024 * 1024
LONGEST_WORDS = 500
START_OF_AN_ERROR = re.compile(r"[A-Za-z_][\w.]*: ")
# Other programs log into the same folder: only files that end in a task's id are ours to remove.
TASK_LOGS = "*-????????-????-????-????-????????????.log"


def say(sentence: str) -> None:
    """One line for whoever watches the agent."""
    print(f"ecs-agent: {sentence}", file=sys.stderr, flush=True)


def log_path(folder: Path, name: str, task_id: str) -> Path:
    """The file of a task; the oldest files make room for it."""
    folder.mkdir(parents=True, exist_ok=True)
    files = sorted(folder.glob(TASK_LOGS), key=lambda file: file.stat().st_mtime, reverse=True)
    for old in files[KEPT_FILES - 1 :]:
        old.unlink(missing_ok=True)
    return folder / f"{name}-{task_id}.log"


def shorten(file: Path) -> None:
    """Keep the end of a log that has grown long. Its writer appends, so it goes on after it."""
    if not file.exists() or file.stat().st_size <= LONGEST:
        return
    with file.open("r+b") as log:
        log.seek(-KEPT_OF_A_LONG_ONE, 2)
        end = log.read()
        log.truncate(0)
        log.seek(0)
        log.write(end[end.find(b"\n") + 1 :])


def last_words(file: Path) -> str:
    """What a process said last: its last line, with those before it if they begin an error."""
    if not file.exists():
        return ""
    with file.open("rb") as log:
        log.seek(0, 2)
        log.seek(max(0, log.tell() - 8192))
        lines = log.read().decode(errors="replace").splitlines()
    spoken = [line.strip() for line in lines if line.strip()][-4:]
    begins = [i for i, line in enumerate(spoken) if START_OF_AN_ERROR.match(line)]
    return " ".join(spoken[begins[-1] if begins else -1 :])[:LONGEST_WORDS]
