"""What the environment says. The hub's own variables, such as HF_TOKEN, are read by its library."""

import os
from dataclasses import dataclass
from pathlib import Path

_REPOSITORY = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Settings:
    """Folders and tools."""

    root: Path
    # Where `make up` says how the local AWS is reached.
    endpoints: Path
    # Converted files lie here until they have been sent.
    scratch: Path
    container_tool: str


def settings() -> Settings:
    """Read the environment."""
    root = Path(os.environ.get("STAGING_ROOT") or _REPOSITORY)
    state = Path(os.environ.get("LISA_STATE_DIR") or root / ".local").absolute()
    return Settings(
        root=root,
        endpoints=state / "endpoints.json",
        scratch=state / "staging",
        container_tool=os.environ.get("CONTAINER_TOOL", ""),
    )
