"""Typed environments. This module alone may read os.environ."""

import os
from collections.abc import Mapping
from typing import Self

from pydantic import BaseModel, ConfigDict


class Environment(BaseModel):
    """The variables that one service needs; a field `bus_name` reads `BUS_NAME`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @classmethod
    def load(cls, source: Mapping[str, str] | None = None) -> Self:
        """Read the declared variables; pydantic names each one that is missing or malformed."""
        variables = os.environ if source is None else source
        declared = {name: name.upper() for name in cls.model_fields}
        return cls.model_validate(
            {name: variables[key] for name, key in declared.items() if key in variables}
        )
