"""One version of the configuration: what was set, by whom, when and why. Pure."""

from datetime import datetime
from typing import Self

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from configuration.payload import Configuration, Scope


class ConfigurationVersion(BaseModel):
    """A version as it is kept, for ever. Version 0 is what was delivered: nobody made it."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, frozen=True)

    config_scope: Scope = "global"
    version_id: int
    configuration: Configuration
    changed_by: str = ""
    change_reason: str = ""
    created_at: datetime | None = None

    @classmethod
    def delivered(cls) -> Self:
        """Return the version before all others."""
        return cls(version_id=0, configuration=Configuration())
