"""The poller turns what the registry says into the file that the other processes follow."""

import json
import os
import time
from dataclasses import replace
from pathlib import Path

import pytest

from gateway.poller import Poller
from gateway.shared_snapshot import Follower, seen_file
from gateway.snapshot import Snapshot, Versions
from gateway.unavailable import Unavailable
from tests.unit.gateway.builders import route, snapshot


class Tables:
    """A registry that a test fills by hand and can take away."""

    def __init__(self, content: Snapshot) -> None:
        self.content = content
        self.gone = False
        self.scans = 0

    def versions(self) -> Versions:
        if self.gone:
            raise Unavailable("ConnectionError")
        return self.content.versions

    def models(self, versions: Versions) -> Snapshot:
        self.scans += 1
        return replace(self.content, versions=versions)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "snapshot.json"


def published(file: Path) -> Snapshot | None:
    follower = Follower(file)
    follower.refresh()
    return follower.current


def test_the_models_are_scanned_only_when_their_version_moves(file: Path) -> None:
    tables = Tables(snapshot(route("m1")))
    poller = Poller(tables, file)
    poller.poll()
    poller.poll()
    assert (tables.scans, published(file)) == (1, tables.content)
    tables.content = snapshot(route("m2"), models=2)
    poller.poll()
    assert (tables.scans, published(file)) == (2, tables.content)


def test_a_change_of_tokens_is_published_without_a_scan(file: Path) -> None:
    tables = Tables(snapshot(route("m1"), tokens=1))
    poller = Poller(tables, file)
    poller.poll()
    tables.content = snapshot(route("m1"), tokens=2)
    poller.poll()
    assert (tables.scans, published(file)) == (1, tables.content)


def test_an_outage_is_said_once_and_changes_nothing(
    file: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    tables = Tables(snapshot(route("m1")))
    poller = Poller(tables, file)
    poller.poll()
    tables.gone = True
    for _ in range(3):
        poller.poll()
    tables.gone = False
    poller.poll()
    events = [json.loads(line)["event"] for line in capfd.readouterr().out.splitlines()]
    assert events == ["snapshot changed", "registry unavailable", "registry available again"]
    assert published(file) == tables.content


def test_what_an_earlier_run_left_is_read_again_at_the_first_chance(file: Path) -> None:
    Poller(Tables(snapshot(route("old"), models=1)), file).poll()
    restored = Tables(snapshot(route("new"), models=1))
    Poller(restored, file).poll()
    assert published(file) == restored.content


def test_when_the_registry_was_last_read_is_seen_beside_the_snapshot(file: Path) -> None:
    tables = Tables(snapshot(route("m1")))
    poller = Poller(tables, file)
    poller.poll()
    os.utime(seen_file(file), (1, 1))
    tables.gone = True
    poller.poll()
    assert seen_file(file).stat().st_mtime == 1
    tables.gone = False
    poller.poll()
    assert time.time() - seen_file(file).stat().st_mtime < 60
