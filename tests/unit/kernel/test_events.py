"""Facts reach the bus or somebody knows; changes are handled in order or again."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.stub import Stubber
from pydantic import BaseModel, ValidationError

from kernel.events import (
    Change,
    Fact,
    Received,
    UndeliveredError,
    envelope,
    on,
    on_change,
    publish,
)
from kernel.observability import client
from tests.support.calling import Context

type Logged = Callable[[], list[dict[str, Any]]]

TAKEN = {"EventId": "e1"}
REFUSED = {"ErrorCode": "ThrottlingException", "ErrorMessage": "slow down"}


class LampLit(Fact, source="lamps"):
    """Somebody lit a lamp."""

    lamp: int


class LampBroke(Fact, source="lamps", version=2):
    """A lamp broke."""

    lamp: int


class Lamp(BaseModel):
    """Our reading of a fact about a lamp."""

    lamp: int


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stubber]:
    """The bus, as a script of what it is told and answers."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    client.cache_clear()
    with Stubber(client("events")) as script:
        yield script
    client.cache_clear()


class TellingLamps:
    """The entries of one call: it equals any list that tells of these lamps."""

    def __init__(self, lamps: range) -> None:
        self.lamps = lamps

    def __eq__(self, entries: object) -> bool:
        assert isinstance(entries, list)
        told = [json.loads(entry["Detail"])["data"]["lamp"] for entry in entries]
        return told == list(self.lamps)

    def __hash__(self) -> int:
        return hash(self.lamps)


def lit(count: int) -> list[LampLit]:
    return [LampLit(lamp=number) for number in range(count)]


def expect(bus: Stubber, lamps: range, replies: list[dict[str, str]]) -> None:
    reply = {"FailedEntryCount": 0, "Entries": replies}
    bus.add_response("put_events", reply, {"Entries": TellingLamps(lamps)})


def test_facts_are_published_ten_at_a_time_in_their_order(bus: Stubber) -> None:
    for lamps in (range(10), range(10, 20), range(20, 23)):
        expect(bus, lamps, [TAKEN] * len(lamps))
    publish("lisa-bus", lit(23), "c1")
    bus.assert_no_pending_responses()


def test_no_facts_are_no_call(bus: Stubber) -> None:
    publish("lisa-bus", [], "c1")
    bus.assert_no_pending_responses()


def test_a_fact_that_the_bus_refuses_is_not_lost_in_silence(bus: Stubber) -> None:
    expect(bus, range(3), [TAKEN, REFUSED, TAKEN])
    with pytest.raises(UndeliveredError, match="1 of 3: ThrottlingException"):
        publish("lisa-bus", lit(3), "c1")


def test_a_refusal_in_the_first_ten_stops_the_rest(bus: Stubber) -> None:
    expect(bus, range(10), [REFUSED] * 10)
    with pytest.raises(UndeliveredError, match="10 of 10"):
        publish("lisa-bus", lit(11), "c1")


def test_an_entry_names_the_bus_the_source_and_the_version(bus: Stubber) -> None:
    told: list[Any] = []
    events = client("events").meta.events
    events.register("provide-client-params.events.*", lambda params, **_: told.append(params))
    bus.add_response("put_events", {"FailedEntryCount": 0, "Entries": [TAKEN]})
    publish("lisa-bus", [LampBroke(lamp=7)], "c1")
    (entry,) = told[0]["Entries"]
    assert (entry["EventBusName"], entry["Source"]) == ("lisa-bus", "lamps")
    assert entry["DetailType"] == "LampBroke.v2"


def test_an_envelope_says_which_when_why_and_what() -> None:
    first, second = (envelope(LampLit(lamp=7), "c1") for _ in range(2))
    moment = datetime.fromisoformat(first["occurred_at"])
    assert first.keys() == {"id", "occurred_at", "correlation_id", "data"}
    assert first["id"] != second["id"]
    assert abs(datetime.now(UTC) - moment) < timedelta(minutes=1)
    assert (first["correlation_id"], first["data"]) == ("c1", {"lamp": 7})


def test_a_consumer_reads_its_fields_and_no_others() -> None:
    seen: list[Received[Lamp]] = []
    handler = on("lamps", "LampLit.v1", reads=Lamp)(seen.append)
    detail = envelope(LampLit(lamp=7), "c1")
    detail["data"]["colour"] = "a field of a later version"
    handler({"detail": detail}, Context())
    assert (seen[0].data.lamp, seen[0].correlation_id) == (7, "c1")
    assert handler.consumes == ("lamps", "LampLit.v1", Lamp)  # type: ignore[attr-defined]


def test_a_fact_without_a_field_that_is_read_fails_loudly() -> None:
    handler = on("lamps", "LampLit.v1", reads=Lamp)(lambda fact: None)
    with pytest.raises(ValidationError, match="lamp"):
        handler({"detail": envelope(LampLit(lamp=7), "c1") | {"data": {}}}, Context())


def record(number: int, old: int | None = None, new: int | None = None) -> dict[str, Any]:
    """One record of a stream, as DynamoDB writes it."""
    images = {"OldImage": old, "NewImage": new}
    rows = {name: {"lamp": {"N": str(lamp)}} for name, lamp in images.items() if lamp is not None}
    return {"eventID": f"e{number}", "dynamodb": {"SequenceNumber": str(number), **rows}}


def handled(*records: dict[str, Any], breaks_at: str = "") -> tuple[list[Change], Any]:
    seen: list[Change] = []

    @on_change
    def handler(change: Change) -> None:
        if change.id == breaks_at:
            raise RuntimeError("the bus is away")
        seen.append(change)

    return seen, handler({"Records": list(records)}, Context())


def test_a_change_shows_the_row_before_and_after() -> None:
    seen, reply = handled(record(1, new=1), record(2, old=1, new=2), record(3, old=2))
    rows = [(change.id, change.before, change.after) for change in seen]
    assert rows == [
        ("e1", None, {"lamp": 1}),
        ("e2", {"lamp": 1}, {"lamp": 2}),
        ("e3", {"lamp": 2}, None),
    ]
    assert reply == {"batchItemFailures": []}


def test_a_change_that_fails_is_handed_out_again_and_nothing_overtakes_it() -> None:
    records = [record(number, new=number) for number in range(1, 5)]
    seen, reply = handled(*records, breaks_at="e2")
    assert [change.id for change in seen] == ["e1"]
    assert reply == {"batchItemFailures": [{"itemIdentifier": "2"}]}


def test_a_change_that_fails_is_logged_with_its_cause(logged: Logged) -> None:
    handled(record(1, new=1), breaks_at="e1")
    (line,) = logged()
    assert (line["level"], line["change"]) == ("ERROR", "e1")
    assert "the bus is away" in line["exception"]
