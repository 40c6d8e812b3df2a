"""Configuration's port in memory, which passes the suite of its AWS adapter."""

from configuration.ports import SHOWN, TakenError
from configuration.version import ConfigurationVersion


class InMemoryVersions:
    """Versions by their number."""

    def __init__(self) -> None:
        self._kept: dict[int, ConfigurationVersion] = {}

    def newest(self, count: int = SHOWN) -> list[ConfigurationVersion]:
        return [self._kept[number] for number in sorted(self._kept, reverse=True)][:count]

    def add(self, version: ConfigurationVersion) -> None:
        if version.version_id in self._kept:
            raise TakenError
        self._kept[version.version_id] = version

    def switched_off(self) -> list[str]:
        """Return what of the newest version is off."""
        off = list[str]()
        for version in self.newest(1):
            components = version.configuration.enabled_components.model_dump(by_alias=True)
            off += [name for name, is_on in components.items() if not is_on]
        return off
