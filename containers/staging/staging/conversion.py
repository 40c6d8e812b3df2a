"""From a model's PyTorch checkpoints to safetensors files and their index, one file at a time."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from staging.checkpoint import Archive, separate, write
from staging.choosing import converted_name
from staging.faults import StagingFailed

INDEX = "model.safetensors.index.json"
# A configuration is small; a larger file is something else.
_LARGEST_CONFIG = 16 * 1024 * 1024


@dataclass
class Conversion:
    """What has been converted so far: enough to write the index, and to say what was left out."""

    # transformers ties embeddings unless a configuration says otherwise.
    tied: bool = True
    size: int = 0
    files: dict[str, str] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)

    def convert(self, source: Path, name: str, folder: Path) -> Path:
        """Write one checkpoint as safetensors below a folder; `name` is the checkpoint's."""
        target = folder / converted_name(name)
        target.parent.mkdir(parents=True, exist_ok=True)
        with Archive(source) as archive:
            tensors, aliases = separate(archive.tensors, self.tied)
            self.size += write(target, tensors, aliases, archive)
        self.aliases |= aliases
        if "/" not in name:
            self._remember(tensors, target.name)
        return target

    def index(self, folder: Path) -> Path | None:
        """Write the index of the model's parts; None where one file is the whole model."""
        if len(set(self.files.values())) < 2:
            return None
        index = {
            "metadata": {"total_size": self.size},
            "weight_map": dict(sorted(self.files.items())),
        }
        target = folder / INDEX
        target.write_text(json.dumps(index, indent=2) + "\n")
        return target

    def _remember(self, tensors: Mapping[str, object], file: str) -> None:
        twice = sorted(set(tensors) & set(self.files))
        if twice:
            raise StagingFailed(
                f"The tensor {twice[0]} is in two of the model's checkpoints: "
                f"{self.files[twice[0]]} and {file}.",
                "Keep one set of checkpoints in models/<org>/<name> and run the command again.",
            )
        self.files |= dict.fromkeys(tensors, file)


def ties_embeddings(config: Path | None) -> bool:
    """Whether the model's configuration lets a loader tie its embeddings, as most do."""
    if config is None:
        return True
    return (
        read_json_object(config.read_bytes(), config.name).get("tie_word_embeddings") is not False
    )


def read_json_object(text: bytes, name: str) -> dict[str, Any]:
    """Parse a small JSON file, or say what is wrong with it."""
    try:
        if len(text) > _LARGEST_CONFIG:
            raise ValueError("it is too large")
        found = json.loads(text)
        if not isinstance(found, dict):
            raise ValueError("it is no object")
    except (ValueError, RecursionError) as error:
        raise StagingFailed(
            f"{PurePosixPath(name).name} cannot be read as JSON: {error}.",
            "Bring the file here once more: it was damaged, or is a pointer to a large file.",
        ) from error
    return found
