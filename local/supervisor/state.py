"""The folder that holds everything which outlives a run: data, logs, ports, secrets."""

import contextlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class State:
    """The paths below one state folder; two folders are two independent products."""

    folder: Path

    @classmethod
    def chosen(cls) -> "State":
        """The folder that LISA_STATE_DIR names, or `.local` of this clone."""
        state = cls(Path(os.environ.get("LISA_STATE_DIR") or REPOSITORY / ".local").absolute())
        state.logs.mkdir(parents=True, exist_ok=True)
        return state

    @property
    def logs(self) -> Path:
        return self.folder / "logs"

    def log(self, name: str) -> Path:
        return self.logs / f"{name}.log"

    @property
    def lock(self) -> Path:
        return self.folder / "supervisor.lock"

    @property
    def children(self) -> Path:
        return self.folder / "children.json"

    @property
    def endpoints(self) -> Path:
        return self.folder / "endpoints.json"


def read_json(path: Path) -> dict[str, Any]:
    """The object in a file; empty when there is none or it cannot be read."""
    with contextlib.suppress(OSError, ValueError):
        content = json.loads(path.read_text())
        if isinstance(content, dict):
            return content
    return {}


def write_json(path: Path, content: dict[str, Any]) -> None:
    """Replace a file at once, so that no reader meets half of it; only its owner may read it."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(json.dumps(content, indent=2) + "\n")
    draft.replace(path)
