"""How one version follows another. Pure."""

from datetime import datetime

from configuration.errors import ConfigurationConflictError
from configuration.payload import UpdateConfiguration
from configuration.ports import TakenError, Versions
from configuration.version import ConfigurationVersion


def saved(
    versions: Versions, wish: UpdateConfiguration, username: str, at: datetime
) -> ConfigurationVersion:
    """Keep a new version and return it; ConfigurationConflictError if another came in between."""
    newest = versions.newest(1)
    latest = newest[0].version_id if newest else 0
    if wish.version_id not in (None, latest):
        raise ConfigurationConflictError
    version = ConfigurationVersion(
        version_id=latest + 1,
        configuration=wish.configuration,
        changed_by=username,
        change_reason=wish.change_reason,
        created_at=at,
    )
    try:
        versions.add(version)
    except TakenError:
        raise ConfigurationConflictError from None
    return version
