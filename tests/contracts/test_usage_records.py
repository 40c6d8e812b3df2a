"""What a gateway writes of a request is what the usage service reads, name by name."""

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic.fields import FieldInfo

from gateway.usage.lines import LONGEST_NAME, MOST_GROUPS, line
from gateway.usage.parcels import packed, readable
from gateway.usage.reading import MOST_TOKENS
from gateway.usage.record import Record, Tokens
from gateway.usage.spool import Spool
from tests.support.routes import routes
from usage.question import Asked
from usage.record import Batch
from usage.record import Record as Read

LARGEST = Record(
    request_id="req_" + "f" * 24,
    at=1_795_000_000.123456,
    user="ü" * 5000,
    token_id="t" * 5000,
    groups=frozenset(f"{number}" + "g" * 5000 for number in range(500)),
    model="m" * 5000,
    served="s" * 5000,
    operation="chat/completions",
    status=200,
    streamed=True,
    milliseconds=600_000.123456789,
    first_token=599_999.987654321,
    tokens=Tokens(MOST_TOKENS, MOST_TOKENS, MOST_TOKENS),
)
LEAST = Record(
    request_id="",
    at=0.0,
    user="",
    token_id="",
    groups=frozenset(),
    model="",
    served="",
    operation="",
    status=0,
    streamed=False,
    milliseconds=0.0,
    first_token=None,
    tokens=Tokens(),
)


def shipped(folder: Path, *records: Record) -> list[Batch]:
    """The whole way: into a worker's file, out of it, packed, and read by the service."""
    spool = Spool(folder)
    for record in records:
        spool.write(record)
    spool.turn()
    (file,) = folder.glob("*.records")
    parcels = packed(file.stem, readable(file.read_bytes()))
    return [Batch.model_validate_json(parcel.body) for parcel in parcels]


@pytest.mark.parametrize("record", [LARGEST, LEAST], ids=["largest", "least"])
def test_the_service_reads_what_a_gateway_wrote(record: Record, tmp_path: Path) -> None:
    (batch,) = shipped(tmp_path, record)
    (read,) = batch.records
    assert (read.user, read.token) == (record.user[:LONGEST_NAME], record.token_id[:LONGEST_NAME])
    assert (read.model, read.served) == (record.model[:LONGEST_NAME], record.served[:LONGEST_NAME])
    assert len(read.groups) == min(MOST_GROUPS, len(record.groups))
    assert (read.at, read.status) == (record.at, record.status)
    assert (read.milliseconds, read.first_token) == (record.milliseconds, record.first_token)
    assert Tokens(read.prompt, read.completion, read.cached) == record.tokens


def test_every_name_that_the_service_reads_is_written() -> None:
    def name(field: str, about: FieldInfo) -> str:
        return about.alias or field

    written: dict[str, Any] = json.loads(line(LEAST))
    assert {name(*one) for one in Read.model_fields.items()} <= written.keys()


def test_a_record_holds_nothing_but_who_what_and_how_much() -> None:
    assert json.loads(line(LEAST)).keys() == {
        "id", "at", "user", "token", "groups", "model", "served", "operation", "status",
        "streamed", "milliseconds", "firstToken", "prompt", "completion", "cached",
    }  # fmt: skip


def test_a_full_file_is_read_record_by_record(tmp_path: Path) -> None:
    batches = shipped(tmp_path, *[LARGEST] * 30)
    assert sum(len(batch.records) for batch in batches) == 30
    assert len({batch.batch for batch in batches}) == len(batches) > 1


def test_the_page_of_routes_names_what_may_be_asked() -> None:
    (route,) = (one for one in routes() if one.path == "/usage")
    listed = [one["name"] for one in route.operation["parameters"] if one["in"] == "query"]
    assert listed == [about.alias or name for name, about in Asked.model_fields.items()]
