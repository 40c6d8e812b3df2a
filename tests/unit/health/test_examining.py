"""Everything is asked at once, for no longer than a few seconds, and says what to do."""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from health.examining import examined
from health.ports import Trouble
from health.wiring import use
from tests.support.calling import call


@dataclass
class Fake:
    """A probe that is well, in trouble, or hangs until it is let go."""

    name: str
    trouble: Trouble | None = None
    held: threading.Event | None = None
    meets: threading.Barrier | None = None
    asked: int = field(default=0)

    def look(self) -> None:
        self.asked += 1
        if self.meets:
            self.meets.wait(timeout=5)
        if self.held:
            self.held.wait()
        if self.trouble:
            raise self.trouble


@pytest.fixture
def hanging() -> Iterator[Fake]:
    held = threading.Event()
    yield Fake("slow", held=held)
    held.set()


@pytest.fixture
def environment(health_environment: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POWERTOOLS_TRACE_DISABLED", "true")


FULL = Trouble("3 could not be handled, and wait.", "make redrive QUEUE=undelivered")


def test_what_failed_says_why_and_what_to_do() -> None:
    well, ill = examined([Fake("table"), Fake("dead letters", FULL)])
    assert (well.name, well.status, well.reason, well.fix) == ("table", "ok", None, None)
    assert (ill.status, ill.reason, ill.fix) == ("failed", FULL.reason, FULL.fix)


def test_all_are_asked_at_once() -> None:
    """Each waits for the others: one after the other, none would be well."""
    meets = threading.Barrier(20)
    probes = [Fake(str(number), meets=meets) for number in range(20)]
    assert {check.status for check in examined(probes)} == {"ok"}


def test_who_hangs_is_not_waited_for(hanging: Fake) -> None:
    began = time.monotonic()
    slow, quick = examined([hanging, Fake("quick")], patience=0.2)
    assert time.monotonic() - began < 5
    assert (slow.status, quick.status) == ("failed", "ok")
    assert slow.reason == "It did not answer in time."
    assert slow.fix


@pytest.mark.usefixtures("environment")
def test_an_administrator_sees_what_failed() -> None:
    with use([Fake("bus"), Fake("dead letters", FULL)]):
        reply = call("health.check_health")
    assert reply.status == 200
    assert reply.body["status"] == "failed"
    assert [one["status"] for one in reply.body["checks"]] == ["ok", "failed"]


@pytest.mark.usefixtures("environment")
def test_all_is_well_if_everything_is() -> None:
    with use([Fake("bus")]):
        assert call("health.check_health").body["status"] == "ok"
