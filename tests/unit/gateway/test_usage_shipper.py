"""Records go from the disk to the queue: each once, none lost, the disk never full."""

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.unavailable import Unavailable
from gateway.usage.parcels import (
    LARGEST_BATCH,
    LARGEST_PARCEL,
    MOST_IN_BATCH,
    Parcel,
    batches,
    packed,
    readable,
)
from gateway.usage.shipper import LONGEST_PAUSE, MOST_FILES, ROUND_SECONDS, Shipper
from gateway.usage.spool import Spool
from tests.unit.gateway.builders import record


class Queue:
    """A queue that a test can take away, or make refuse."""

    def __init__(self) -> None:
        self.taken: list[Parcel] = []
        self.gone = False
        self.refuses = ""

    def send(self, batch: Sequence[Parcel]) -> set[str]:
        if self.gone:
            raise Unavailable("ConnectionError")
        taken = [one for one in batch if not self.refuses or self.refuses not in one.body]
        self.taken += taken
        return {one.id for one in taken}

    def users(self) -> list[str]:
        return [one["user"] for parcel in self.taken for one in records(parcel)]


def records(parcel: Parcel) -> list[dict[str, Any]]:
    body = json.loads(parcel.body)
    assert body["batch"] == parcel.id
    return list(body["records"])


def finished(folder: Path, *users: str) -> None:
    spool = Spool(folder)
    for user in users:
        spool.write(record(user=user))
    spool.turn()


def left(folder: Path) -> int:
    return len(list(folder.iterdir()))


def said(capfd: pytest.CaptureFixture[str]) -> list[str]:
    return [json.loads(line)["event"] for line in capfd.readouterr().out.splitlines()]


def test_what_is_finished_is_sent_and_removed(tmp_path: Path) -> None:
    queue = Queue()
    finished(tmp_path, "ada", "bob")
    writing = Spool(tmp_path)
    writing.write(record(user="eve"))
    assert Shipper(tmp_path, queue).round() == ROUND_SECONDS
    assert (queue.users(), left(tmp_path)) == (["ada", "bob"], 1)


def test_what_the_queue_does_not_take_stays_and_comes_again_by_the_same_name(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    queue = Queue()
    shipper = Shipper(tmp_path, queue)
    finished(tmp_path, "ada")
    finished(tmp_path, "bob")
    queue.refuses = "ada"
    assert shipper.round() > ROUND_SECONDS
    assert (queue.users(), left(tmp_path)) == (["bob"], 1)
    queue.refuses = ""
    assert shipper.round() == ROUND_SECONDS
    assert (queue.users(), left(tmp_path)) == (["bob", "ada"], 0)
    assert said(capfd) == ["usage queue unavailable", "usage queue available again"]


def test_a_file_that_was_sent_but_not_removed_is_known_by_its_parcels(tmp_path: Path) -> None:
    queue = Queue()
    finished(tmp_path, *["ada"] * 1000)
    (file,) = tmp_path.iterdir()
    content = file.read_bytes()
    Shipper(tmp_path, queue).round()
    first = list(queue.taken)
    file.write_bytes(content)
    Shipper(tmp_path, queue).round()
    assert len(first) > 1
    assert queue.taken == first + first


def test_an_outage_is_said_once_and_waited_out(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    queue = Queue()
    shipper = Shipper(tmp_path, queue)
    finished(tmp_path, "ada")
    queue.gone = True
    pauses = [shipper.round() for _ in range(8)]
    assert pauses == sorted(pauses)
    assert pauses[-1] == LONGEST_PAUSE
    queue.gone = False
    shipper.round()
    assert queue.users() == ["ada"]
    assert said(capfd) == ["usage queue unavailable", "usage queue available again"]


def test_many_files_are_sent_a_few_at_a_time_and_without_a_pause(tmp_path: Path) -> None:
    queue = Queue()
    shipper = Shipper(tmp_path, queue)
    for number in range(MOST_FILES + 3):
        finished(tmp_path, str(number))
    assert shipper.round() == 0
    assert left(tmp_path) == 3
    assert shipper.round() == ROUND_SECONDS
    assert queue.users() == [str(number) for number in range(MOST_FILES + 3)]
    assert shipper.empty()


def test_when_the_disks_share_is_full_the_oldest_records_go_and_that_is_said(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    queue = Queue()
    queue.gone = True
    for user in ("ada", "bob", "eve"):
        finished(tmp_path, user)
    block = sum(file.stat().st_blocks for file in tmp_path.iterdir()) * 512 // 3
    shipper = Shipper(tmp_path, queue, most_bytes=2 * block)
    shipper.round()
    assert left(tmp_path) == 2
    queue.gone = False
    shipper.round()
    assert queue.users() == ["bob", "eve"]
    assert said(capfd)[0] == "usage dropped"


def test_half_a_line_and_garbage_are_left_out(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    queue = Queue()
    finished(tmp_path, "ada")
    (file,) = tmp_path.iterdir()
    with file.open("ab") as more:
        more.write(b"\0\0\0\n[1]\n" + b'{"user":"bob"}\n{"user":"e')
    Shipper(tmp_path, queue).round()
    assert (queue.users(), left(tmp_path)) == (["ada", "bob"], 0)
    assert said(capfd) == ["usage unreadable"]


def test_a_draft_is_nobodys_only_when_it_is_old(tmp_path: Path) -> None:
    young, old = tmp_path / "1.draft", tmp_path / "2.draft"
    young.touch()
    old.touch()
    os.utime(old, (0, 0))
    Shipper(tmp_path, Queue()).round()
    assert list(tmp_path.iterdir()) == [young]


lines = st.lists(st.text().map(lambda text: json.dumps({"user": text * 9})), max_size=20)


@settings(max_examples=50, deadline=None)
@given(lines=lines, repeated=st.sampled_from([1, 10, 300]))
def test_whatever_the_records_are_no_parcel_or_batch_is_too_large(
    lines: list[str], repeated: int
) -> None:
    content = "".join(f"{line}\n" for line in lines * repeated).encode()
    parcels = packed("file", readable(content))
    assert [one for parcel in parcels for one in records(parcel)] == [
        json.loads(line) for line in lines * repeated
    ]
    assert len({parcel.id for parcel in parcels}) == len(parcels)
    assert all(len(parcel.body) < LARGEST_PARCEL + 5000 for parcel in parcels)
    for batch in batches(parcels):
        assert len(batch) <= MOST_IN_BATCH
        assert sum(len(parcel.body) for parcel in batch) <= LARGEST_BATCH


def test_characters_that_the_queue_refuses_are_escaped() -> None:
    (parcel,) = packed("file", readable('{"user":"\uffff é"}\n'.encode()))
    assert parcel.body.isascii()
    assert records(parcel) == [{"user": "\uffff é"}]
