"""The one reader of the registry in a container: it writes the snapshot that the others follow."""

import select
import sys
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from gateway.log import say
from gateway.registry import Registry
from gateway.settings import Settings
from gateway.shared_snapshot import publish, seen_file
from gateway.snapshot import Snapshot, Versions
from gateway.unavailable import Unavailable

POLL_SECONDS = 0.5


class Source(Protocol):
    def versions(self) -> Versions: ...
    def models(self, versions: Versions) -> Snapshot: ...


class Poller:
    def __init__(self, source: Source, path: Path) -> None:
        self._source = source
        self._path = path
        self._known: Snapshot | None = None
        self._failing = False

    def poll(self) -> None:
        """Read the version, and whatever moved since; an outage is said once, not at each poll."""
        try:
            newest = self._newest()
        except Unavailable as outage:
            if not self._failing:
                say("registry unavailable", cause=outage.cause, effect="serving from the snapshot")
            self._failing = True
            return
        if self._failing:
            say("registry available again")
        self._failing = False
        seen_file(self._path).touch()
        if newest != self._known:
            publish(self._path, newest)
            self._known = newest
            say("snapshot changed", models=len(newest.routes), version=newest.versions.models)

    def _newest(self) -> Snapshot:
        versions = self._source.versions()
        if self._known is not None and versions.models == self._known.versions.models:
            return replace(self._known, versions=versions)
        return self._source.models(versions)


def main(settings: Settings) -> None:
    registry = Registry(settings.models_table, settings.registry_table)
    poller = Poller(registry, settings.snapshot_file)
    parent_lives = True
    while parent_lives:
        poller.poll()
        # Standard input is a pipe held by the parent: it becomes readable when the parent dies.
        parent_lives = not select.select([sys.stdin], [], [], POLL_SECONDS)[0]


if __name__ == "__main__":
    main(Settings.load())
