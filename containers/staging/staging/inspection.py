"""Whether what lies in the bucket is a whole model, read from the bucket itself."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Protocol

from staging.checkpoint import Header, header_of
from staging.conversion import read_json_object
from staging.faults import StagingFailed

_GGUF_MAGIC = b"GGUF"


class Readable(Protocol):
    """A model's files, wherever they lie."""

    def sizes(self) -> dict[str, int]:
        """Return all files by name, with their bytes."""

    def read(self, name: str, begin: int, length: int) -> bytes:
        """Return some bytes of a file."""


def problems(model: Readable) -> list[str]:
    """Say in sentences what keeps the model from being served; none for one that is complete."""
    sizes = model.sizes()
    if not any(name.endswith((".safetensors", ".gguf")) for name in sizes):
        return ["There are no weights." if sizes else "There is nothing."]
    return list(_found(model, sizes))


def _found(model: Readable, sizes: Mapping[str, int]) -> Iterator[str]:
    headers: dict[str, Header] = {}
    for name in sorted(sizes):
        try:
            if name.endswith(".safetensors"):
                headers[name] = header_of(sizes[name], partial(model.read, name))
            elif name.endswith(".gguf") and model.read(name, 0, 4) != _GGUF_MAGIC:
                raise ValueError("it does not begin as GGUF files do")
        except ValueError as error:
            yield f"{name} is damaged: {error}."
    if "config.json" in sizes:
        yield from _unreadable(model, "config.json", sizes)
    elif headers:
        # llama.cpp reads all it needs from the GGUF file; every other server needs this one.
        yield "config.json is missing."
    for name in [name for name in sizes if name.endswith(".safetensors.index.json")]:
        yield from _missing_parts(model, name, sizes, headers)


def _unreadable(model: Readable, name: str, sizes: Mapping[str, int]) -> Iterator[str]:
    try:
        read_json_object(model.read(name, 0, sizes[name]), name)
    except StagingFailed as failure:
        yield failure.what


def _missing_parts(
    model: Readable, name: str, sizes: Mapping[str, int], headers: Mapping[str, Header]
) -> Iterator[str]:
    try:
        parts = read_json_object(model.read(name, 0, sizes[name]), name).get("weight_map")
    except StagingFailed as failure:
        yield failure.what
        return
    if not isinstance(parts, dict) or not all(isinstance(part, str) for part in parts.values()):
        yield f"{name} does not say where the tensors are."
        return
    folder = name.rpartition("/")[0]
    for part in sorted(set(parts.values())):
        file = f"{folder}/{part}".removeprefix("/")
        promised = {tensor for tensor, where in parts.items() if where == part}
        if file not in sizes:
            yield f"{file} is missing, which {name} names."
        elif file in headers and not promised <= headers[file].names:
            lost = min(promised - headers[file].names)
            yield f"{file} lacks the tensor {lost}, which {name} says is there."
