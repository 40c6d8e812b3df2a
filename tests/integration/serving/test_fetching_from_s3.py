"""Weights from S3, with all that happens to a fetch of half an hour."""

import hashlib
import random
import re
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from serving.bucket import CONNECTIONS
from serving.fetch import PART_SIZE
from tests.integration.serving.conftest import Start
from tests.integration.serving.storage import PATIENCE, Storage

PARTS = 4
LARGE = random.Random(1).randbytes(PARTS * PART_SIZE - 5)


def put(storage: Storage, content: bytes, name: str = "model.safetensors") -> None:
    storage.client().put_object(
        Bucket=storage.bucket,
        Key=f"team/m1/{name}",
        Body=content,
        ChecksumAlgorithm="CRC64NVME",
    )


def until(happens: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not happens():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def listed(folder: Path) -> int:
    """How many parts are written down as arrived."""
    lists = folder.with_name(f".{folder.name}.fetch").glob("*.part.list")
    return sum(len(path.read_text().splitlines()) - 1 for path in lists)


def test_a_fetch_that_was_killed_goes_on_with_the_parts_that_are_missing(
    storage: Storage, start: Start, folder: Path
) -> None:
    put(storage, LARGE)
    storage.allowed = threading.Semaphore(2)
    first = start()
    until(lambda: listed(folder) == 2)
    first.kill()
    first.wait()
    storage.allowed.release(100)
    until(lambda: len(storage.reads) == PARTS)
    there = set(storage.reads[:2])
    storage.reads.clear()
    said, _ = (second := start()).communicate(timeout=PATIENCE)
    assert second.returncode == 0
    assert len(storage.reads) == PARTS - 2
    assert not there & set(storage.reads)
    assert "67.1 MB of it earlier" in said
    assert (folder / "model.safetensors").read_bytes() == LARGE


def test_a_large_file_uses_all_connections_and_no_more(storage: Storage, start: Start) -> None:
    for index in range(CONNECTIONS + 8):
        put(storage, b"x" * 1000, f"{index}.bin")
    storage.seconds = 0.3
    assert start().wait(PATIENCE) == 0
    assert storage.most_at_once == CONNECTIONS


def test_the_memory_does_not_grow_with_the_weights(storage: Storage, start: Start) -> None:
    put(storage, bytes(300_000_000))
    most = {}
    for name in ("team/none", "team/m1"):
        said, _ = start(MODEL_NAME=name).communicate(timeout=PATIENCE)
        found = re.search(r"VmHWM:\s+(\d+) kB", said)
        assert found, said
        most[name] = int(found[1]) * 1024
    assert most["team/m1"] - most["team/none"] < 64 * 1024 * 1024


def test_a_file_with_another_checksum_is_refused_and_fetched_again(
    storage: Storage, start: Start, folder: Path
) -> None:
    wrong = {"sha256": hashlib.sha256(b"something else").hexdigest()}
    storage.client(keeps_checksums=False).put_object(
        Bucket=storage.bucket, Key="team/m1/a.bin", Body=b"weights", Metadata=wrong
    )
    process = start()
    said, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 18
    assert f"a.bin from s3://{storage.bucket}/team/m1/ does not have the SHA256 checksum" in said
    assert "Stage the model again." in said
    assert not (folder / "a.bin").exists()
    assert listed(folder) == 0


def test_a_file_that_is_replaced_meanwhile_is_noticed(
    storage: Storage, start: Start, folder: Path
) -> None:
    put(storage, b"first", "a.bin")
    storage.before_read = lambda: put(storage, b"other", "a.bin")
    process = start()
    said, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 18
    assert "was replaced or removed while it was being fetched" in said
    assert not (folder / "a.bin").exists()


def test_the_second_task_of_a_machine_waits_and_fetches_nothing(
    storage: Storage, start: Start
) -> None:
    put(storage, b"weights", "a.bin")
    storage.seconds = 1
    tasks = [start(), start()]
    assert [task.wait(PATIENCE) for task in tasks] == [0, 0]
    assert len(storage.reads) == 1


def test_sigterm_ends_a_fetch_at_once(storage: Storage, start: Start) -> None:
    put(storage, b"weights")
    storage.seconds = 5
    script = Path(__file__).parents[3] / "containers/vllm/start.py"
    process = start(str(script))
    until(lambda: storage.most_at_once > 0)
    begun = time.monotonic()
    process.terminate()
    assert process.wait(PATIENCE) == 128 + 15
    assert time.monotonic() - begun < 2


@pytest.mark.parametrize("kept", [{"sha256": hashlib.sha256(b"weights").hexdigest()}, {}])
def test_what_was_staged_with_or_without_a_digest_is_accepted(
    storage: Storage, start: Start, folder: Path, kept: dict[str, str]
) -> None:
    storage.client().put_object(
        Bucket=storage.bucket, Key="team/m1/a.bin", Body=b"weights", Metadata=kept
    )
    assert start().wait(PATIENCE) == 0
    assert (folder / "a.bin").read_bytes() == b"weights"
