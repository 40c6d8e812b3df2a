"""PUT /configuration/global: a new version, beside all that were before it."""

from configuration.changing import saved
from configuration.payload import UpdateConfiguration
from configuration.version import ConfigurationVersion
from configuration.wiring import versions
from kernel.clock import now
from kernel.http import Caller, api


@api(role="admin", body=UpdateConfiguration)
def handler(command: UpdateConfiguration, caller: Caller) -> ConfigurationVersion:
    return saved(versions(), command, caller.username, now())
