"""Models of the Hugging Face Hub, or of a mirror of it that HF_ENDPOINT names.

The hub's library keeps what it downloads in its cache (HF_HOME), goes on with half a file, and
reads the token (HF_TOKEN) itself: it is neither passed on here nor printed.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import httpx
from huggingface_hub import HfApi, hf_hub_download, try_to_load_from_cache
from huggingface_hub.constants import ENDPOINT, HF_HUB_CACHE
from huggingface_hub.errors import (
    EntryNotFoundError,
    GatedRepoError,
    HfHubHTTPError,
    LocalEntryNotFoundError,
    OfflineModeIsEnabled,
    RepositoryNotFoundError,
    RevisionNotFoundError,
)
from huggingface_hub.utils import disable_progress_bars

from staging.faults import StagingFailed
from staging.files import MOST_FILES, SourceFile, refuse_a_full_disk

_TOO_MANY = 429
_REFUSED = (401, 403)


@dataclass(frozen=True)
class Hub:
    """One revision of a model on the hub; all of its files are of the same commit."""

    model: str
    revision: str = "main"

    @property
    def described(self) -> str:
        """Name the source for people."""
        return f"{ENDPOINT}/{self.model} at {self.revision}"

    def files(self) -> list[SourceFile]:
        """Return all files of the model, with the digests that the hub knows."""
        siblings = self._info.siblings or []
        if len(siblings) > MOST_FILES:
            raise StagingFailed(
                f"{self.described} has {len(siblings)} files, which is no one model.",
                "Check the name, or bring the files of the model into the folder "
                f"models/{self.model}.",
            )
        return [
            SourceFile(
                name=file.rfilename,
                size=file.size or 0,
                sha256=file.lfs.sha256 if file.lfs else "",
            )
            for file in siblings
        ]

    def fetch(self, file: SourceFile) -> Path:
        """Download a file, unless it is in the hub's cache already."""
        if not sys.stderr.isatty():
            disable_progress_bars()
        commit = self._info.sha
        if not isinstance(try_to_load_from_cache(self.model, file.name, revision=commit), str):
            refuse_a_full_disk(Path(HF_HUB_CACHE), file.size, "HF_HOME")
        with _readable_errors(self.model, self.revision):
            return Path(hf_hub_download(self.model, file.name, revision=commit))

    @cached_property
    def _info(self) -> Any:
        with _readable_errors(self.model, self.revision):
            return HfApi().model_info(self.model, revision=self.revision, files_metadata=True)


@contextmanager
def _readable_errors(model: str, revision: str) -> Iterator[None]:
    try:
        yield
    except GatedRepoError as error:
        raise StagingFailed(
            f"The makers of {model} give it only to those who have accepted their terms.",
            f"Accept them at {ENDPOINT}/{model}, make a token that may read, and run the command "
            "again with that token in the variable HF_TOKEN.",
        ) from error
    except RepositoryNotFoundError as error:
        raise StagingFailed(
            f"The hub has no model {model}, or does not show it to you.",
            "Check the name (org/name). If the model is private, put a token that may read it "
            "into the variable HF_TOKEN.",
        ) from error
    except RevisionNotFoundError as error:
        raise StagingFailed(
            f"{model} has no revision {revision}.",
            f"Choose a branch, a tag or a commit of {ENDPOINT}/{model}/commits/main.",
        ) from error
    # Before its parent, which says that the file is not there: this one says that nobody knows.
    except (LocalEntryNotFoundError, OfflineModeIsEnabled) as error:
        raise _unreachable(model) from error
    except (HfHubHTTPError, EntryNotFoundError) as error:
        raise _answered_badly(model, error) from error
    except httpx.HTTPError as error:
        raise _unreachable(model) from error


def _unreachable(model: str) -> StagingFailed:
    return StagingFailed(
        f"The hub cannot be reached from here: {ENDPOINT}.",
        f"On a machine that reaches it: hf download {model} --local-dir models/{model}. Bring that "
        "folder here, to the same place, and run the command again. For a mirror of the hub, set "
        "HF_ENDPOINT.",
    )


def _answered_badly(model: str, error: Exception) -> StagingFailed:
    response = getattr(error, "response", None)
    status = response.status_code if response is not None else 404
    if status in _REFUSED:
        fix = "Check that the token in HF_TOKEN is valid and may read this model."
    elif status == _TOO_MANY:
        fix = "Wait a few minutes, or set HF_TOKEN: the hub allows more to those whom it knows."
    else:
        fix = "Run the command again: what was downloaded is kept."
    return StagingFailed(f"The hub answered {status} when asked for {model}.", fix)
