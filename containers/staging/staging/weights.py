"""Stages one model: chooses its files, brings them here, converts, sends and verifies them."""

import tempfile
from collections.abc import Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from staging.choosing import choose
from staging.conversion import Conversion, ties_embeddings
from staging.faults import StagingFailed
from staging.files import Source, SourceFile, refuse_a_full_disk, sha256_of
from staging.inspection import problems
from staging.progress import Progress, human
from staging.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass
class Staged:
    """What lies in the bucket after a run: name -> (bytes, SHA-256), and what this run did."""

    files: dict[str, tuple[int, str]] = field(default_factory=dict)
    sent: int = 0
    left: tuple[str, ...] = ()
    aliases: dict[str, str] = field(default_factory=dict)


class Stager:
    """Brings one model from its source to its place in the bucket."""

    def __init__(self, source: Source, shelf: Shelf, scratch: Path, progress: Progress) -> None:
        self._source, self._shelf = source, shelf
        self._scratch, self._progress = scratch, progress
        self._staged = Staged()

    def stage(self, include: Sequence[str] = ()) -> Staged:
        """Stage the model; repeats nothing that an earlier run has done.

        Raises StagingFailed where something is missing or does not verify.
        """
        self._progress.say(f"From {self._source.described} to {self._shelf.location}")
        choice = choose(self._source.files(), include)
        self._staged.left = choice.left
        if choice.convert:
            self._convert(choice.convert, choice.keep)
        for file in choice.keep:
            self._stage_file(file)
        self._verify()
        return self._staged

    def _stage_file(self, file: SourceFile) -> None:
        # The hub tells digests: what the bucket has need not even be downloaded.
        if file.sha256 and self._shelf.holds(file.name, file.size, file.sha256):
            self._there(file.name, file.size, file.sha256)
            return
        path, digest = self._fetched(file)
        self._send(path, file.name, digest)

    def _fetched(self, file: SourceFile) -> tuple[Path, str]:
        path = self._source.fetch(file)
        if path.stat().st_size != file.size:
            raise _damaged(file.name, f"has {path.stat().st_size} bytes instead of {file.size}")
        digest = self._digest(path, file.name)
        if file.sha256 and digest != file.sha256:
            raise _damaged(file.name, "has another SHA-256 than its source says")
        return path, digest

    def _convert(self, checkpoints: Sequence[SourceFile], keep: Sequence[SourceFile]) -> None:
        config = [file for file in keep if file.name == "config.json"]
        tied = ties_embeddings(self._fetched(config[0])[0] if config else None)
        conversion = Conversion(tied=tied)
        with _folder(self._scratch) as folder:
            for file in checkpoints:
                path, _ = self._fetched(file)
                refuse_a_full_disk(folder, file.size, "LISA_STATE_DIR")
                self._progress.say(f"Converting {file.name} to safetensors")
                converted = conversion.convert(path, file.name, folder)
                self._send_own(converted, converted.relative_to(folder).as_posix())
                converted.unlink()
            if index := conversion.index(folder):
                self._send_own(index, index.name)
        self._staged.aliases = conversion.aliases

    def _send_own(self, path: Path, name: str) -> None:
        self._send(path, name, self._digest(path, name))

    def _send(self, path: Path, name: str, digest: str) -> None:
        size = path.stat().st_size
        if self._shelf.holds(name, size, digest):
            self._there(name, size, digest)
            return
        self._shelf.put(path, name, digest, self._progress)
        self._staged.files[name] = (size, digest)
        self._staged.sent += 1

    def _there(self, name: str, size: int, digest: str) -> None:
        self._progress.say(f"There already: {name} ({human(size)})")
        self._staged.files[name] = (size, digest)

    def _digest(self, path: Path, name: str) -> str:
        with self._progress.watch(f"Reading {name}", path.stat().st_size) as advance:
            return sha256_of(path, advance)

    def _verify(self) -> None:
        sizes = self._shelf.sizes()
        for name, (size, digest) in self._staged.files.items():
            if sizes.get(name) != size or not self._shelf.holds(name, size, digest):
                raise StagingFailed(
                    f"{name} is not in the bucket as it was sent.",
                    "Something else writes to this place. Run the command again.",
                )
        found = problems(self._shelf)
        if found:
            raise StagingFailed(
                f"The model at {self._shelf.location} is not whole: {' '.join(found)}",
                f"Put what is missing into {self._source.described}, or remove what is damaged "
                "from the bucket, and run the command again.",
            )
        strangers = sorted(set(sizes) - set(self._staged.files))
        if strangers:
            self._progress.say(
                f"Not of this model, but there, too: {', '.join(strangers)}. Servers download all "
                "that lies there; remove what is not needed."
            )


@contextmanager
def _folder(scratch: Path) -> "Iterator[Path]":
    scratch.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=scratch) as folder:
        yield Path(folder)


def _damaged(name: str, how: str) -> StagingFailed:
    return StagingFailed(
        f"{name} was damaged on its way here: it {how}.",
        "Remove it where it lies here, which for the hub is its cache (hf cache ls; hf cache rm), "
        "and run the command again.",
    )
