"""A model that was brought here by hand, for a place without a network."""

from dataclasses import dataclass
from pathlib import Path

from staging.faults import StagingFailed
from staging.files import MOST_FILES, SourceFile


@dataclass(frozen=True)
class Folder:
    """The files below `models/<org>/<name>`."""

    path: Path

    @property
    def described(self) -> str:
        """Name the source for people."""
        return f"the folder {self.path}"

    def files(self) -> list[SourceFile]:
        """Return all files of the model."""
        found: list[SourceFile] = []
        for path in sorted(self.path.rglob("*")):
            if path.is_file():
                name = path.relative_to(self.path).as_posix()
                found.append(SourceFile(name, path.stat().st_size))
            if len(found) > MOST_FILES:
                raise StagingFailed(
                    f"The folder {self.path} holds more than {MOST_FILES} files.",
                    "Put only the files of the one model there.",
                )
        return found

    def fetch(self, file: SourceFile) -> Path:
        """Return where the file lies."""
        return self.path / file.name
