"""Takes the orders for weights: which model, from where, into which bucket."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from staging.faults import StagingFailed
from staging.inspection import problems
from staging.progress import Progress, human
from staging.settings import Settings
from staging.shelf import Shelf
from staging.weights import Staged, Stager
from staging.wiring import source_of

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

# The name is a path of folders here and a prefix in the bucket, so it may lead nowhere else.
_MODEL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,95}(/[A-Za-z0-9][A-Za-z0-9._-]{0,95}){0,3}")


@dataclass(frozen=True)
class Desk:
    """Stages models into one bucket."""

    s3: "S3Client"
    bucket: str
    settings: Settings
    progress: Progress

    def stage(self, model: str, revision: str = "main", include: Sequence[str] = ()) -> Staged:
        """Stage a model, whatever is there already; raises StagingFailed."""
        shelf = self._shelf(model)
        source = source_of(model, revision, self.settings.root)
        return Stager(source, shelf, self.settings.scratch, self.progress).stage(include)

    def stage_if_missing(self, model: str) -> bool:
        """Stage a model unless it is there and whole; whether it is in the end."""
        try:
            found = problems(self._shelf(model))
            if found:
                self.progress.say(f"{model} is not there: {' '.join(found)}")
                self.conclude(model, self.stage(model))
            else:
                self.progress.say(f"{model} is there and whole.")
        except StagingFailed as failure:
            # The others of the list may well be staged.
            self.progress.say(f"{failure.what}\n{failure.fix}")
            return False
        return True

    def conclude(self, model: str, staged: Staged) -> None:
        """Say what was done, and what to write into the model's definition."""
        size = human(sum(size for size, _ in staged.files.values()))
        if staged.left:
            self.progress.say(f"Left behind, as no server needs it: {', '.join(staged.left)}")
        for name, other in staged.aliases.items():
            self.progress.say(f"{name} is not written: it has the same numbers as {other}.")
        self.progress.say(
            f"Verified: {len(staged.files)} files, {size}, {staged.sent} of them sent now.\n"
            f'In the model\'s definition write "modelName": "{model}".'
        )

    def _shelf(self, model: str) -> Shelf:
        if not _MODEL.fullmatch(model) or ".." in model:
            raise StagingFailed(
                f"{model!r} is no model's name.", "Write it as the hub does: MODEL=org/name."
            )
        return Shelf(self.s3, self.bucket, model)
