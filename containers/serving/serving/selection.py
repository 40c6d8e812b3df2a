"""Which of the files below a model's prefix its server needs."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from serving.faults import ModelFileUnclear, WeightsMissing

if TYPE_CHECKING:
    from serving.bucket import Weight

# The same numbers in older formats, which are left alone where safetensors are beside them.
OLDER = {".bin", ".pth", ".pt", ".ckpt", ".h5", ".msgpack", ".ot"}
# What Meta publishes beside the converted checkpoint: as large again, and read by none of ours.
UNREAD_FOLDERS = {"original"}


def checkpoint(weights: list[Weight], location: str) -> list[Weight]:
    """A Hugging Face checkpoint without what is there twice. Raises WeightsMissing and others."""
    if not weights:
        raise WeightsMissing(
            f"There are no weights at {location}.",
            "Upload the model's files (config.json, tokenizer, *.safetensors) below exactly this "
            "prefix, then create the model again.",
        )
    with_safetensors = {weight.folder for weight in weights if _kind(weight) == ".safetensors"}
    if not with_safetensors and not any(_kind(weight) in OLDER for weight in weights):
        raise ModelFileUnclear(
            f"None of the {len(weights)} files at {location} holds weights (*.safetensors).",
            "Stage the whole checkpoint again; a GGUF file needs the container llamacpp.",
        )
    return [weight for weight in weights if not _is_there_twice(weight, with_safetensors)]


def _is_there_twice(weight: Weight, with_safetensors: set[str]) -> bool:
    if "" in with_safetensors and weight.name.split("/")[0] in UNREAD_FOLDERS:
        return True
    # Folder by folder: a small part of an embedding model may come in the older format alone.
    return _kind(weight) in OLDER and weight.folder in with_safetensors


def _kind(weight: Weight) -> str:
    return PurePosixPath(weight.name).suffix.lower()
