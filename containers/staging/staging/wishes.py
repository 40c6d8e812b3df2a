"""The models that the mission's config.yaml lists under `ecsModels`."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from staging.faults import StagingFailed

_LARGEST = 1024 * 1024
_FORM = (
    "Write it as in: ecsModels: [{modelName: org/name, inferenceContainer: vllm, "
    "baseImage: vllm/vllm-openai:v0.9.1}]."
)


@dataclass(frozen=True)
class Wish:
    """One model of the list; container and image may be left out."""

    model: str
    container: str = ""
    base_image: str = ""


def wishes_of(config: Path, environment: str) -> list[Wish]:
    """Read the list at the top, or below an environment: ours, the file's `env` or its only one."""
    try:
        text = config.read_bytes()
        if len(text) > _LARGEST:
            raise StagingFailed(f"{config} is too large for a configuration.", _FORM)
        document = yaml.safe_load(text)
    except OSError as error:
        raise StagingFailed(
            f"{config} cannot be read: {error.strerror}.", "Name the file: CONFIG=config.yaml."
        ) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise StagingFailed(f"{config} is no YAML: {str(error)[:500]}", _FORM) from error
    return [_wish(entry) for entry in _list(document, environment, config)]


def _list(document: Any, environment: str, config: Path) -> list[Any]:
    sections = document if isinstance(document, Mapping) else {}
    there = {
        name: section["ecsModels"]
        for name, section in ((None, sections), *sections.items())
        if isinstance(section, Mapping) and "ecsModels" in section
    }
    named = [name for name in (None, environment, sections.get("env")) if name in there]
    # A file with a single environment means that one, whatever it is called there.
    name = named[0] if named else next(iter(there), None)
    if not there or (not named and len(there) > 1):
        raise StagingFailed(
            f"{config} has no ecsModels, neither at the top nor below `{environment}:`.", _FORM
        )
    found = there[name]
    if found is not None and not isinstance(found, list):
        raise StagingFailed(f"ecsModels of {config} is no list.", _FORM)
    return found or []


def _wish(entry: Any) -> Wish:
    if not isinstance(entry, Mapping) or not isinstance(entry.get("modelName"), str):
        raise StagingFailed("An entry of ecsModels has no modelName.", _FORM)
    return Wish(
        model=entry["modelName"],
        container=str(entry.get("inferenceContainer") or ""),
        base_image=str(entry.get("baseImage") or ""),
    )
