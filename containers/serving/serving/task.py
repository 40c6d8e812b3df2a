"""What every model's task definition says: which model, where its weights are, where to serve."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from serving.environment import choice, number, required, wrong

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True)
class Task:
    """One model to serve; `cache` is the folder on this disk below which weights are kept."""

    model_id: str
    bucket: str
    prefix: str
    cache: Path
    region: str | None = None
    model_type: str = "textgen"
    host: str = "0.0.0.0"
    port: int = 8080

    @property
    def location(self) -> str:
        """As people write it: `s3://models/team/m1/`."""
        return f"s3://{self.bucket}/{self.prefix}/"

    @property
    def folder(self) -> Path:
        """This model's weights, on one level: `team` and `team/m1` are not inside each other."""
        return self.cache / self.bucket / quote(self.prefix, safe="")


def load(environment: Mapping[str, str], model_types: Sequence[str]) -> Task:
    """Read the variables once, for a server that knows these types. Raises BadSetting."""
    prefix = required(environment, "MODEL_NAME").strip("/")
    if {".", ".."} & set(prefix.split("/")):
        raise wrong(environment, "MODEL_NAME", "Name the folder of the weights without dots.")
    return Task(
        model_id=required(environment, "MODEL_ID"),
        bucket=required(environment, "MODELS_BUCKET"),
        prefix=prefix,
        cache=Path(environment.get("WEIGHTS_DIR") or _default_cache()),
        # boto3 itself does not read AWS_REGION, which is what ECS sets.
        region=environment.get("AWS_REGION") or environment.get("AWS_DEFAULT_REGION") or None,
        model_type=choice(environment, "MODEL_TYPE", model_types),
        host=environment.get("HOST") or "0.0.0.0",
        port=number(environment, "PORT", 8080, least=1),
    )


def _default_cache() -> Path:
    # The user's id keeps others on the same machine from putting weights there beforehand.
    return Path(tempfile.gettempdir()) / f"lisa-weights-{os.getuid()}"
