"""Stages one image: builds or loads it, and pushes it to where the models' stacks look for it."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

from model_stack.image import staged_tag
from staging.container_tool import ContainerTool
from staging.faults import StagingFailed
from staging.progress import Progress
from staging.registry import Registry

CONTAINER = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# What a payload takes as `baseImage` (functions/models/lib/models/hosting.py, ImageName).
_PAYLOAD = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/@-]{0,254}")
_DEFAULT_BASE = re.compile(r"^ARG BASE_IMAGE=(\S+)$", re.MULTILINE)
_DOCKERFILES = ("Dockerfile", "Containerfile")


@dataclass(frozen=True)
class Recipe:
    """How an image is made, and what a payload calls it: `reference` and `type`."""

    reference: str
    type: str
    dockerfile: Path = Path()
    context: Path = Path()
    base_image: str = ""
    tarball: Path | None = None

    def __post_init__(self) -> None:
        """Refuse what no payload could name."""
        if not _PAYLOAD.fullmatch(self.reference):
            raise StagingFailed(
                f"No model could name {self.reference!r} as its image.",
                "Use letters, digits and the characters . _ : / @ - only, at most 255 of them.",
            )

    @property
    def tag(self) -> str:
        """Return the tag under which the image is pushed."""
        return staged_tag(self.reference)

    def make(self, tool: ContainerTool, name: str) -> None:
        """Build or load the image under a name."""
        if self.tarball:
            tool.tag(tool.load(self.tarball), name)
        else:
            tool.build(self.context, self.dockerfile, name, self.base_image)


def our_container(containers: Path, container: str, base_image: str) -> Recipe:
    """Our own container around a base image; without one, around the Dockerfile's own."""
    dockerfile = containers / container / "Dockerfile"
    if not dockerfile.is_file():
        built = sorted(path.parent.name for path in containers.glob("*/Dockerfile"))
        raise StagingFailed(
            f"There is no container {container}.",
            f"Choose one of {', '.join(built)}; or give an image of your own: TARBALL=... or "
            "DIRECTORY=...",
        )
    default = _DEFAULT_BASE.search(dockerfile.read_text("utf-8"))
    reference = base_image or (default[1] if default else container)
    return Recipe(reference, "asset", dockerfile, containers, base_image)


def own_directory(directory: Path, root: Path) -> Recipe:
    """A folder of one's own with a Dockerfile."""
    for name in _DOCKERFILES:
        if (directory / name).is_file():
            return Recipe(_named(directory, root), "asset", directory / name, directory)
    raise StagingFailed(
        f"{directory} has no Dockerfile.", "Name the folder that has: DIRECTORY=..."
    )


def saved_image(tarball: Path, root: Path) -> Recipe:
    """An archive that `docker save` wrote."""
    if not tarball.is_file():
        raise StagingFailed(f"There is no file {tarball}.", "Name the archive: TARBALL=...")
    return Recipe(_named(tarball, root), "tarball", tarball=tarball)


def stage_image(
    recipe: Recipe, registry: Registry, tool: ContainerTool, progress: Progress, replace: bool
) -> str:
    """Make and push an image unless it is there; return its address."""
    repository = registry.uri()
    image = f"{repository}:{recipe.tag}"
    there = registry.has(recipe.tag)
    if there and not replace:
        progress.say(
            f"{image} is there already. Add REPLACE=1 to build and push it once more; servers "
            "take it when they start the next time."
        )
        return image
    recipe.make(tool, image)
    tool.log_in(repository.partition("/")[0], registry.password())
    if there:
        # Only now: what cannot be built or pushed leaves the old image where it is.
        registry.remove(recipe.tag)
    tool.push(image)
    progress.say(f"Pushed {image}")
    return image


def advice(recipe: Recipe, registry: Registry) -> str:
    """Say what to write into a model's definition."""
    staged = {"baseImage": recipe.reference, "type": recipe.type}
    same = {"baseImage": f"{registry.repository}:{recipe.tag}", "type": "ecr"}
    container = registry.repository.rpartition("/")[2]
    return (
        f'In a model with "inferenceContainer": "{container}", write\n'
        f'  "containerConfig": {{"image": {json.dumps(staged)}, ...}}\n'
        f'or, which means the same image,\n  "image": {json.dumps(same)}'
    )


def _named(path: Path, root: Path) -> str:
    """A path as a payload writes it: relative to the repository, or without the first slash."""
    whole = path.resolve()
    inside = whole.relative_to(root.resolve()) if whole.is_relative_to(root.resolve()) else whole
    return inside.as_posix().lstrip("/")
