"""Which files of a model a server needs. Pure.

Repositories on the hub hold the same weights several times over: for PyTorch, TensorFlow, Flax,
ONNX, in halves and in wholes. A server reads one of them, and downloads all that the bucket has.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from staging.faults import StagingFailed
from staging.files import SourceFile, is_safe

_BESIDE_WEIGHTS = (
    *("*.json", "*.jinja", "*.model", "*.tiktoken", "merges.txt", "vocab.txt", "*tokens.txt"),
    *("LICENSE*", "NOTICE*", "USE_POLICY*"),
)
# Other formats and other programs' files; `original` holds a model as its makers trained it.
_FOLDERS = {"original", "onnx", "openvino", "coreml", "tf", "flax", "metal", "runs", "logs"}
_TRAINING = re.compile(r"(training_args|optimizer|scheduler|scaler|rng_state|.*states?)\b.*", re.I)
_CHECKPOINTS = (".bin", ".pt", ".pth")
_PART = re.compile(r"-\d{5}-of-\d{5}(?=\.)")


@dataclass(frozen=True)
class Choice:
    """Files to send as they are, PyTorch checkpoints to convert, and names of what stays behind."""

    keep: tuple[SourceFile, ...]
    convert: tuple[SourceFile, ...]
    left: tuple[str, ...]


def choose(files: Sequence[SourceFile], include: Sequence[str] = ()) -> Choice:
    """Choose one format of the weights, and what describes them.

    `include` are patterns of further files; where they name GGUF files, those are the weights.
    Raises StagingFailed when there are none, or when it takes a person to choose.
    """
    usable = [file for file in files if is_safe(file.name) and not _is_hidden(file.name)]
    asked = [file for file in usable if _matches(file.name, include)]
    if include and not asked:
        raise StagingFailed(
            f"No file of the model is called {' or '.join(include)}.",
            f"Choose among: {_some(usable)}.",
        )
    taken = [file for file in usable if not _in_foreign_folder(file.name)]
    beside = [file for file in taken if _is_beside_weights(file.name)]
    keep, convert = _weights(taken, asked)
    kept = list(dict.fromkeys([*keep, *asked, *_without_stray_indexes(beside, keep)]))
    staged = {file.name for file in (*kept, *convert)}
    left = tuple(file.name for file in files if file.name not in staged)
    return Choice(tuple(sorted(kept, key=_order)), tuple(convert), left)


def converted_name(name: str) -> str:
    """Name the safetensors file that a checkpoint becomes: pytorch_model-... is model-... there."""
    path = PurePosixPath(name)
    stem = path.stem.replace("pytorch_model", "model", 1)
    return path.with_name(f"{stem}.safetensors").as_posix()


def _weights(
    files: Sequence[SourceFile], asked: Sequence[SourceFile]
) -> tuple[list[SourceFile], list[SourceFile]]:
    if any(file.name.endswith(".gguf") for file in asked):
        return [], []
    keep: list[SourceFile] = []
    convert: list[SourceFile] = []
    for folder in _folders(files):
        safetensors = _of_one_kind([file for file in folder if file.name.endswith(".safetensors")])
        keep += safetensors
        if not safetensors:
            convert += _of_one_kind([file for file in folder if _is_checkpoint(file.name)])
    if not (keep or convert):
        keep = _the_only_gguf([file for file in files if file.name.endswith(".gguf")])
    return keep, convert


def _folders(files: Sequence[SourceFile]) -> list[list[SourceFile]]:
    folders: dict[str, list[SourceFile]] = {}
    for file in files:
        folders.setdefault(file.name.rpartition("/")[0], []).append(file)
    return list(folders.values())


def _of_one_kind(weights: list[SourceFile]) -> list[SourceFile]:
    """Drop variants, such as fp16 and consolidated ones, of weights that are called `model`."""
    for stem in ("model", "pytorch_model"):
        named = [file for file in weights if _stem(file.name) == stem]
        if named:
            return [file for file in named if _PART.search(file.name)] or named
    return weights


def _stem(name: str) -> str:
    file = PurePosixPath(name).name
    return _PART.sub("", file).rpartition(".")[0]


def _the_only_gguf(weights: list[SourceFile]) -> list[SourceFile]:
    models = {_PART.sub("", file.name) for file in weights}
    if len(models) == 1:
        return weights
    if not models:
        raise StagingFailed(
            "The model has no weights: no *.safetensors, no PyTorch checkpoint and no *.gguf.",
            "Check the model's name, or put its files into the folder and run the command again.",
        )
    raise StagingFailed(
        f"The model has {len(models)} GGUF files, and a server reads one: {_some(weights)}.",
        "Say which: INCLUDE='*Q4_K_M.gguf', for example.",
    )


def _without_stray_indexes(
    beside: Iterable[SourceFile], weights: Sequence[SourceFile]
) -> Iterable[SourceFile]:
    """An index belongs to its parts; that of converted parts is written anew."""
    in_parts = any(_PART.search(file.name) for file in weights)
    for file in beside:
        of_the_parts = in_parts and file.name.endswith("model.safetensors.index.json")
        if of_the_parts or not file.name.endswith(".index.json"):
            yield file


def _is_checkpoint(name: str) -> bool:
    path = PurePosixPath(name)
    return path.suffix in _CHECKPOINTS and not _TRAINING.fullmatch(path.name)


def _is_beside_weights(name: str) -> bool:
    return any(fnmatchcase(PurePosixPath(name).name, pattern) for pattern in _BESIDE_WEIGHTS)


def _matches(name: str, patterns: Sequence[str]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)


def _is_hidden(name: str) -> bool:
    return any(part.startswith(".") for part in name.split("/"))


def _in_foreign_folder(name: str) -> bool:
    return bool(_FOLDERS.intersection(name.lower().split("/")[:-1]))


def _order(file: SourceFile) -> tuple[int, str]:
    """Weights first, config.json last: what was interrupted is never taken for complete."""
    last = PurePosixPath(file.name).name == "config.json" and "/" not in file.name
    weights = file.name.endswith((".safetensors", ".gguf"))
    return (2 if last else 0 if weights else 1), file.name


def _some(files: Sequence[SourceFile]) -> str:
    names = sorted(file.name for file in files)
    more = f" and {len(names) - 20} more" if len(names) > 20 else ""
    return ", ".join(names[:20]) + more
