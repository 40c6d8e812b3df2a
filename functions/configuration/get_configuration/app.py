"""GET /configuration: what the administrators have set, the newest version first."""

from configuration.payload import ConfigurationQuery
from configuration.version import ConfigurationVersion
from configuration.wiring import versions
from kernel.http import api


@api(role="user", query=ConfigurationQuery)
def handler() -> list[ConfigurationVersion]:
    return versions().newest() or [ConfigurationVersion.delivered()]
