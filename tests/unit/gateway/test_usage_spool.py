"""Records on disk: found by whoever may take them away, and by nobody before."""

import json
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from gateway.usage.record import Tokens
from gateway.usage.shipper import take_over
from gateway.usage.spool import TURN_BYTES, Spool
from tests.unit.gateway.builders import record


def files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.records"))


def written(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for file in files(folder) for line in file.read_bytes().splitlines()]


def test_a_record_is_in_its_file_when_write_returns(tmp_path: Path) -> None:
    Spool(tmp_path).write(record())
    (one,) = written(tmp_path)
    assert (one["id"], one["user"], one["token"], one["groups"]) == (
        "req_1",
        "ada",
        "tok_1",
        ["physicists"],
    )
    assert (one["prompt"], one["completion"], one["cached"]) == (10, 21, 4)
    assert (one["milliseconds"], one["firstToken"], one["status"]) == (1500.0, 500.0, 200)


def test_a_file_may_be_taken_only_when_its_writer_has_turned(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    spool.write(record())
    assert take_over(files(tmp_path)[0]) is None
    spool.turn()
    lock = take_over(files(tmp_path)[0])
    assert lock is not None
    assert take_over(files(tmp_path)[0]) is None
    os.close(lock)


def test_what_a_killed_worker_wrote_may_be_taken(tmp_path: Path) -> None:
    program = (
        "import sys, time; from pathlib import Path; from gateway.usage.spool import Spool\n"
        "from tests.unit.gateway.builders import record\n"
        "spool = Spool(Path(sys.argv[1])); spool.write(record())\n"
        "print('written', flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    path = {"PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=path) as worker:
        assert worker.stdout
        assert worker.stdout.readline() == b"written\n"
        assert take_over(files(tmp_path)[0]) is None
        worker.send_signal(signal.SIGKILL)
    lock = take_over(files(tmp_path)[0])
    assert lock is not None
    os.close(lock)
    assert len(written(tmp_path)) == 1


def test_workers_and_their_files_never_share_a_name(tmp_path: Path) -> None:
    workers = [Spool(tmp_path) for _ in range(20)]
    for _ in range(3):
        for worker in workers:
            worker.write(record())
            worker.turn()
    assert len(files(tmp_path)) == 60


def test_turning_without_records_leaves_no_file(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    spool.turn()
    spool.turn()
    assert list(tmp_path.iterdir()) == []


def test_a_file_does_not_grow_beyond_its_bound(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    for _ in range(5000):
        spool.write(record(groups=frozenset(f"{n:0200}" for n in range(3))))
    assert len(files(tmp_path)) > 2
    assert all(file.stat().st_size < TURN_BYTES + 2000 for file in files(tmp_path))
    assert len(written(tmp_path)) == 5000


def test_a_record_is_bounded_whatever_it_was_made_of(tmp_path: Path) -> None:
    groups = frozenset(f"{n:03}" + "g" * 1000 for n in range(300))
    Spool(tmp_path).write(record(user="u" * 5000, model="m" * 5000, groups=groups))
    (one,) = written(tmp_path)
    assert (len(one["user"]), len(one["model"])) == (256, 256)
    assert one["groups"] == [f"{n:03}" + "g" * 253 for n in range(50)]


def test_a_name_that_is_no_text_is_written_all_the_same(tmp_path: Path) -> None:
    Spool(tmp_path).write(record(user="\ud800\uffff", tokens=Tokens()))
    (one,) = written(tmp_path)
    assert (one["user"], one["prompt"]) == ("\ud800\uffff", None)


def test_a_full_disk_costs_records_and_no_answer(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    spool = Spool(tmp_path)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (400, before[1]))
    try:
        spool.write(record())
        spool.write(record())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)
    spool.write(record(user="bob"))
    assert [json.loads(line)["event"] for line in capfd.readouterr().out.splitlines()] == [
        "usage not recorded"
    ]
    assert json.loads(files(tmp_path)[-1].read_bytes())["user"] == "bob"
