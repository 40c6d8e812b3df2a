"""Configuration's ports in memory, each of which passes the suite of its AWS adapter."""

from configuration.ports import SHOWN, TakenError
from configuration.version import Version


class InMemoryVersions:
    """Versions by their number."""

    def __init__(self) -> None:
        self._kept: dict[int, Version] = {}

    def newest(self, count: int = SHOWN) -> list[Version]:
        return [self._kept[number] for number in sorted(self._kept, reverse=True)][:count]

    def add(self, version: Version) -> None:
        if version.version_id in self._kept:
            raise TakenError
        self._kept[version.version_id] = version


class InMemorySwitches:
    """What of the newest version is off."""

    def __init__(self, versions: InMemoryVersions | None = None, *off: str) -> None:
        self._versions, self._off = versions or InMemoryVersions(), off

    def off(self, name: str) -> bool:
        newest = self._versions.newest(1)
        if name in self._off or not newest:
            return name in self._off
        components = newest[0].configuration.enabled_components.model_dump(by_alias=True)
        return components.get(name) is False
