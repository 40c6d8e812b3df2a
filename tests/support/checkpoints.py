"""Checkpoints as torch.save lays them out in a zip archive, made without torch."""

import pickle
import struct
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

# The pickles are written by hand, opcode by opcode, so that one can write what is refused, too.
PROTO, STOP, MARK, REDUCE = b"\x80\x02", b".", b"(", b"R"
EMPTY_DICT, SETITEM, TUPLE, BINPERSID = b"}", b"s", b"t", b"Q"


@dataclass(frozen=True)
class Saved:
    """One tensor of a checkpoint: a view of the storage of that name."""

    storage: str
    shape: tuple[int, ...]
    stride: tuple[int, ...]
    offset: int = 0
    kind: str = "FloatStorage"
    # Set for those that torch rebuilds with a type of their own.
    dtype: str = ""


def a_global(module: str, name: str) -> bytes:
    """A name that a pickle imports."""
    return b"c" + f"{module}\n{name}\n".encode()


def plain(value: object) -> bytes:
    """A number, a text or a tuple of them, as an opcode that pushes it."""
    return pickle.dumps(value, 2)[2:-1]


def call(callable_: bytes, *arguments: bytes) -> bytes:
    """Call something with arguments."""
    return callable_ + MARK + b"".join(arguments) + TUPLE + REDUCE


def tensor(saved: Saved, count: int) -> bytes:
    """What torch writes of a tensor: its storage by reference, and its view."""
    module, kind = ("torch.storage", "UntypedStorage") if saved.dtype else ("torch", saved.kind)
    storage = [plain("storage"), a_global(module, kind), plain(saved.storage), plain("cpu")]
    persistent = MARK + b"".join([*storage, plain(count)]) + TUPLE + BINPERSID
    rebuild = "_rebuild_tensor_v3" if saved.dtype else "_rebuild_tensor_v2"
    hooks = call(a_global("collections", "OrderedDict"))
    dtype = [a_global("torch", saved.dtype)] if saved.dtype else []
    view = [plain(saved.offset), plain(saved.shape), plain(saved.stride), plain(False), hooks]
    return call(a_global("torch._utils", rebuild), persistent, *view, *dtype)


def state(values: Mapping[str, bytes]) -> bytes:
    """An ordered dictionary of what was written already."""
    made = call(a_global("collections", "OrderedDict"))
    return made + b"".join(plain(name) + value + SETITEM for name, value in values.items())


def save(
    path: Path, pickled: bytes, storages: Mapping[str, bytes], compress: int = zipfile.ZIP_STORED
) -> Path:
    """Write the archive."""
    with zipfile.ZipFile(path, "w", compress) as archive:
        archive.writestr("archive/data.pkl", PROTO + pickled + STOP)
        archive.writestr("archive/byteorder", "little")
        for name, content in storages.items():
            archive.writestr(f"archive/data/{name}", content)
        archive.writestr("archive/version", "3\n")
    return path


def checkpoint(path: Path, tensors: Mapping[str, Saved], storages: Mapping[str, bytes]) -> Path:
    """Write a checkpoint of these tensors."""
    written = {
        name: tensor(one, len(storages.get(one.storage, b""))) for name, one in tensors.items()
    }
    return save(path, state(written), storages)


def floats(*values: float) -> bytes:
    """Numbers of four bytes each."""
    return struct.pack(f"<{len(values)}f", *values)
