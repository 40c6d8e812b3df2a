"""Chooses where a model comes from."""

from pathlib import Path

from staging.files import Source
from staging.folder import Folder


def source_of(model: str, revision: str, root: Path) -> Source:
    """Return the folder `models/<model>` where there is one, or else the hub."""
    folder = root / "models" / model
    if folder.is_dir():
        return Folder(folder)
    # The hub's library takes half a second to load, and images need none of it.
    from staging.hub import Hub

    return Hub(model, revision)
