"""Builds, loads and pushes images with the container tool of this machine."""

import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from staging.faults import StagingFailed

KNOWN = ("docker", "finch", "podman")
# docker and finch: "Loaded image: name:tag" or "Loaded image ID: sha256:..."; podman: the first.
_LOADED = re.compile(r"^Loaded image(?:\(s\)|s| ID)?: *(\S+)$", re.MULTILINE)
# GPU instances have x86_64 processors; a laptop that builds for them may not.
PLATFORM = "linux/amd64"


@dataclass(frozen=True)
class ContainerTool:
    """docker, or one that understands the same commands."""

    program: str

    def build(self, context: Path, dockerfile: Path, image: str, base_image: str) -> None:
        """Build an image; without a base image, the Dockerfile's own."""
        base = ("--build-arg", f"BASE_IMAGE={base_image}") if base_image else ()
        self._run(
            ("build", "--platform", PLATFORM, *base, "--tag", image),
            ("--file", str(dockerfile), str(context)),
            doing=f"Building {dockerfile}",
        )

    def load(self, tarball: Path) -> str:
        """Load the one image of an archive, and return what it is called here."""
        words = [self.program, "load", "--input", str(tarball)]
        done = subprocess.run(words, stdout=subprocess.PIPE, text=True, check=False)  # noqa: S603
        loaded = _LOADED.findall(done.stdout)
        if done.returncode or len(loaded) != 1:
            raise StagingFailed(
                f"{self.program} load took {len(loaded)} images from {tarball}, not one.",
                "Save one image: docker save NAME:TAG --output FILE.",
            )
        return str(loaded[0])

    def tag(self, image: str, name: str) -> None:
        """Give an image a further name."""
        self._run(("tag", image, name), doing=f"Naming {image}")

    def log_in(self, registry: str, password: str) -> None:
        """Log in to ECR; the password goes through a pipe, where no list of processes shows it."""
        self._run(
            ("login", "--username", "AWS", "--password-stdin", registry),
            doing=f"Logging in to {registry}",
            secret=password,
        )

    def push(self, image: str) -> None:
        """Send an image to its registry."""
        self._run(("push", image), doing=f"Pushing {image}")

    def _run(
        self, words: Sequence[str], more: Sequence[str] = (), *, doing: str, secret: str = ""
    ) -> None:
        # No shell reads these words; with no secret, its standard input is empty.
        done = subprocess.run(  # noqa: S603
            [self.program, *words, *more], input=secret, text=True, check=False
        )
        if done.returncode:
            raise StagingFailed(
                f"{doing} failed: {Path(self.program).name} ended with exit code "
                f"{done.returncode}.",
                "Its own words are above. Does it run (docker info, finch vm status)?",
            )


def container_tool(chosen: str) -> ContainerTool:
    """Find the tool that CONTAINER_TOOL names, or the first that is installed."""
    for name in [chosen] if chosen else KNOWN:
        if program := shutil.which(name):
            return ContainerTool(program)
    raise StagingFailed(
        f"No container tool was found: {chosen or ', '.join(KNOWN)}.",
        "Install one of them, or name yours in the variable CONTAINER_TOOL; where there is none, "
        "build elsewhere, push to a registry, and name that image with the type `registry`.",
    )
