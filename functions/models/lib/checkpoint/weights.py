"""Which of a folder's files are the model, and how many bytes of what they hold."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from checkpoint.blocked import Blocked, gib
from checkpoint.folder import Damaged, Folder
from checkpoint.gguf import read_metadata
from checkpoint.safetensors import Header, read_header

INDEX = "model.safetensors.index.json"
# Reading more headers, or more of them, would cost more than it tells: the sizes tell the bytes.
MAX_HEADERS = 48
MAX_READ = 64 << 20
_SHARD = re.compile(r"^(.*)-(\d{5})-of-(\d{5})\.(safetensors|gguf)$")
_PICKLES = (".bin", ".pt", ".pth", ".ckpt")
_STAGE = "Convert and upload it with make stage-model, which makes safetensors of them."


@dataclass(frozen=True)
class Weights:
    """What the server loads: `elements` counts by data type as stored, empty when unknown."""

    format: str
    files: int
    bytes: int
    folder_bytes: int
    elements: dict[str, int] = field(default_factory=dict)
    metadata: dict[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def find_weights(folder: Folder, container: str, model_file: str = "") -> Weights:
    """Return the weights that an inference container loads from a folder, or raise Blocked."""
    if not folder.sizes:
        raise Blocked(
            "WeightsMissing",
            f"There are no files below {folder.location}.",
            "Stage the model (make stage-model), and name its folder as modelName.",
        )
    if container == "llamacpp":
        return _gguf(folder, model_file)
    return _safetensors(folder)


def _safetensors(folder: Folder) -> Weights:
    names = _chosen(folder)
    if not names:
        raise _wrong_format(folder)
    _complete(folder, names)
    headers: list[Header] = []
    while len(headers) < min(len(names), MAX_HEADERS) and folder.bytes_read < MAX_READ:
        headers.append(read_header(folder, names[len(headers)]))
    notes, elements = [*_ignored(folder, names)], _elements(headers)
    if len(headers) < len(names) or not elements:
        notes.append("The data types of the weights were not counted: their headers are too many.")
        elements = {}
    uncounted = sum(folder.sizes[name] for name in names[len(headers) :])
    return Weights(
        format="safetensors",
        files=len(names),
        bytes=sum(header.data_bytes for header in headers) + uncounted,
        folder_bytes=sum(folder.sizes[name] for name in folder.sizes if not _skipped(name)),
        elements=elements,
        notes=tuple(notes),
    )


def _chosen(folder: Folder) -> list[str]:
    """Return the files that vLLM's loader would take: those of the index, else all at the top.

    Mistral's repositories hold the same weights once more as `consolidated.safetensors`.
    """
    index = folder.json(INDEX)
    if index is not None:
        shards = index.get("weight_map")
        if not isinstance(shards, dict) or not all(isinstance(at, str) for at in shards.values()):
            raise folder.damaged(INDEX, Damaged("it has no weight_map of file names"))
        return sorted(set(shards.values()))
    found = sorted(name for name in folder.sizes if re.fullmatch(r"[^/]+\.safetensors", name))
    return [name for name in found if not name.startswith("consolidated")] or found


def _complete(folder: Folder, names: Iterable[str]) -> None:
    """Raise Blocked unless every file that the index or a shard's own name promises is there."""
    promised = set(names)
    for name in list(promised):
        if shard := _SHARD.match(name):
            stem, _, total, kind = shard.groups()
            if int(total) > len(folder.sizes):
                promised.add(f"{stem}-{total}-of-{total}.{kind}")
                continue
            promised |= {f"{stem}-{at + 1:05}-of-{total}.{kind}" for at in range(int(total))}
    if missing := sorted(promised - set(folder.sizes)):
        raise Blocked(
            "WeightsIncomplete",
            f"{folder.location} lacks {len(missing)} of {len(promised)} files of weights, "
            f"{missing[0][:200]} first.",
            "Stage the model again (make stage-model): it sends only what is not there yet.",
        )


def _elements(headers: list[Header]) -> dict[str, int]:
    if not all(header.counted for header in headers):
        return {}
    counts: dict[str, int] = {}
    for header in headers:
        for dtype, count in header.elements.items():
            counts[dtype] = counts.get(dtype, 0) + count
    return counts


def _skipped(name: str) -> bool:
    """Return whether the start script leaves a file in the bucket when safetensors are there."""
    return name.endswith(_PICKLES) or name.startswith("original/")


def _ignored(folder: Folder, names: list[str]) -> Iterator[str]:
    kinds: dict[str, list[int]] = {}
    for name, size in folder.sizes.items():
        if name not in names and (_skipped(name) or name.endswith((".safetensors", ".gguf"))):
            kinds.setdefault(name.rpartition(".")[2], []).append(size)
    for kind, sizes in sorted(kinds.items()):
        yield (
            f"{len(sizes)} further .{kind} file(s) of {gib(sum(sizes))} in the folder are not "
            "counted: the server does not load them."
        )


def _wrong_format(folder: Folder) -> Blocked:
    found = {name.rpartition(".")[2] for name in folder.sizes}
    pickles = [size for name, size in folder.sizes.items() if name.endswith(_PICKLES)]
    if "gguf" in found:
        what, fix = "GGUF files only", "Choose the inference container llamacpp, or stage the "
        fix += "original model (make stage-model)."
    elif pickles:
        what = f"{gib(sum(pickles))} of PyTorch files (.bin, .pt) only, whose data types cannot be "
        what += "told without running them"
        fix = _STAGE
    else:
        what, fix = f"none, among {len(folder.sizes)} files", "Name the folder that holds the "
        fix += "model's files as modelName, or stage the model (make stage-model)."
    return Blocked(
        "WrongFormat",
        f"The container serves safetensors; {folder.location} has {what}.",
        fix,
    )


def _gguf(folder: Folder, wanted: str) -> Weights:
    """Return the one GGUF model of a folder, by the rules of the llamacpp container."""
    found = sorted(name for name in folder.sizes if name.endswith(".gguf"))
    first = [name for name in found if not (shard := _SHARD.match(name)) or shard[2] == "00001"]
    chosen = [name for name in first if wanted in ("", name)]
    if len(chosen) != 1:
        raise _unclear(folder, first, wanted)
    parts = [chosen[0]]
    if shard := _SHARD.match(chosen[0]):
        parts = [name for name in found if (other := _SHARD.match(name)) and other[1] == shard[1]]
        _complete(folder, parts)
    return Weights(
        format="gguf",
        files=len(parts),
        bytes=sum(folder.sizes[name] for name in parts),
        folder_bytes=sum(folder.sizes.values()),
        metadata=read_metadata(folder, chosen[0]),
        notes=tuple(_ignored(folder, parts)),
    )


def _unclear(folder: Folder, found: list[str], wanted: str) -> Blocked:
    if not found:
        return Blocked(
            "WrongFormat",
            f"The container llamacpp serves GGUF; {folder.location} has no *.gguf file.",
            "Convert the model to GGUF and upload that, or choose another inference container.",
        )
    named = (
        f"MODEL_FILE names {wanted[:200]!r}, which is none of them" if wanted else "one is served"
    )
    return Blocked(
        "WrongFormat",
        f"{folder.location} has {len(found)} GGUF models, and {named}: {', '.join(found)[:500]}.",
        "Set MODEL_FILE in containerConfig.environment to one of them.",
    )
