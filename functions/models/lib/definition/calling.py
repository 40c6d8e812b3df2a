"""What happens to a request on its way to a model, and when that fails. Pure."""

from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

# It names stacks, paths, secrets and URLs, so it is kept to characters that mean nothing there.
type ModelId = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$")
]


def _each_once(models: list[str]) -> list[str]:
    if len(set(models)) < len(models):
        raise ValueError("fallbacks must name each model once")
    return models


# They need not be there yet: gateways skip whom they do not know.
type Fallbacks = Annotated[list[ModelId], Field(max_length=5), AfterValidator(_each_once)]
type Retries = Annotated[int, Field(ge=0, le=5)]
# How long a failing model is passed over in favour of its fallbacks; 0 is never.
type CooldownSeconds = Annotated[int, Field(ge=0, le=3600)]
