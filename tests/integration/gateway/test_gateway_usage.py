"""Usage of a real gateway: told for every answer, by nobody twice, lost with no process."""

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from gateway.usage.spool import Spool
from tests.emulator.running import Emulator, eventually
from tests.integration.gateway.stage import TOKEN, Gateway, Tables
from tests.support.usage_world import DAY, InMemoryLedger
from tests.unit.gateway.builders import record
from usage.booking import rows
from usage.question import Asked, Asker, Question, part
from usage.record import Batch
from usage.report import report

MESSAGES = [{"role": "user", "content": "a word that no record repeats"}]


class Queue:
    """The queue of the usage service, and what has come out of it."""

    def __init__(self, emulator: Emulator, name: str) -> None:
        self._client = emulator.client("sqs")
        self.url: str = self._client.create_queue(QueueName=name)["QueueUrl"]
        self.bodies: list[str] = []

    def receive(self) -> list[dict[str, Any]]:
        """All records that have come until now."""
        while found := self._messages():
            for message in found:
                self.bodies.append(message["Body"])
                receipt = message["ReceiptHandle"]
                self._client.delete_message(QueueUrl=self.url, ReceiptHandle=receipt)
        return [one for body in self.bodies for one in json.loads(body)["records"]]

    def _messages(self) -> list[dict[str, Any]]:
        answer = self._client.receive_message(QueueUrl=self.url, MaxNumberOfMessages=10)
        return list(answer.get("Messages", []))

    def await_records(self, count: int) -> list[dict[str, Any]]:
        return eventually(lambda: len(got := self.receive()) >= count and got or [], within=15)


@pytest.fixture
def queue(emulator: Emulator, tmp_path: Path) -> Queue:
    return Queue(emulator, tmp_path.name[:60])


@pytest.fixture
def telling(emulator: Emulator, tables: Tables, queue: Queue, tmp_path: Path) -> Iterator[Gateway]:
    with Gateway(emulator, tmp_path / "gateway", USAGE_QUEUE_URL=queue.url) as running:
        eventually(lambda: running.ask("/health")[0] == 200)
        yield running


def kill_all(gateway: Gateway) -> None:
    parent = psutil.Process(gateway.process.pid)
    for process in [parent, *parent.children()]:
        process.send_signal(signal.SIGKILL)
    gateway.process.wait(timeout=10)


def test_every_kind_of_answer_is_told(telling: Gateway, queue: Queue) -> None:
    telling.chat("good")
    telling.ask("/v2/serve/embeddings", {"model": "vectors", "input": "a"})
    telling.chat("refusing")
    telling.chat("lane-good")
    told = {(one["model"], one["status"]): one for one in queue.await_records(4)}
    assert told.keys() == {("good", 200), ("vectors", 200), ("refusing", 400), ("lane-good", 200)}
    assert all(one["milliseconds"] > 0 for one in told.values())
    # Who embeds writes nothing, and says nothing of it.
    for model, written in (("good", 1), ("vectors", None), ("lane-good", 1)):
        assert (told[model, 200]["prompt"], told[model, 200]["completion"]) == (1, written)
    assert (told["refusing", 400]["prompt"], told["refusing", 400]["firstToken"]) == (None, None)
    assert MESSAGES[0]["content"] not in str(queue.bodies)
    assert TOKEN not in str(queue.bodies)


@pytest.mark.parametrize("model", ["good", "lane-good"])
def test_a_stream_is_told_and_looks_as_the_caller_asked(
    telling: Gateway, queue: Queue, model: str
) -> None:
    asked: dict[str, Any] = {"model": model, "messages": MESSAGES, "stream": True}
    options = {"stream_options": {"include_usage": True}}
    with telling.openai() as client:
        create: Any = client.chat.completions.create
        plain, full = list(create(**asked)), list(create(**asked, **options))
    assert not any(chunk.usage for chunk in plain)
    assert all(chunk.choices for chunk in plain)
    assert full[-1].usage.prompt_tokens == 1
    for one in queue.await_records(2):
        assert (one["prompt"], one["completion"], one["streamed"]) == (1, 5, True)
        assert 0 < one["firstToken"] < one["milliseconds"]


def test_what_was_answered_before_everything_was_killed_is_told(
    telling: Gateway, queue: Queue
) -> None:
    for _ in range(3):
        assert telling.chat("good")[0] == 200
    kill_all(telling)
    before = len(queue.receive())
    telling.start()
    assert len(queue.await_records(3)) == 3
    assert before < 3


def test_a_gateway_that_is_stopped_sends_what_it_has(telling: Gateway, queue: Queue) -> None:
    assert telling.chat("good")[0] == 200
    assert telling.end() == 0
    assert len(queue.receive()) == 1


SHIP = """
import os, signal, sys
from pathlib import Path
from gateway.usage.queue import SqsQueue
from gateway.usage.shipper import Shipper

class Dying(SqsQueue):
    def send(self, batch):
        taken = super().send(batch)
        if sys.argv[3] == "dies":
            os.kill(os.getpid(), signal.SIGKILL)
        return taken

Shipper(Path(sys.argv[1]), Dying(sys.argv[2])).round()
"""


def ship(folder: Path, queue: Queue, emulator: Emulator, how: str) -> int:
    python, path = os.environ["GATEWAY_PYTHON"], os.fspath(Path("containers/gateway").absolute())
    identity = os.fspath(Path("functions/identity/lib").absolute())
    env = {
        "PYTHONPATH": os.pathsep.join([path, identity]),
        "AWS_ENDPOINT_URL": emulator.url,
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
    }
    command = [python, "-c", SHIP, str(folder), queue.url, how]
    return subprocess.run(command, env=env, check=False, timeout=60).returncode


def test_a_shipper_killed_before_it_could_remove_what_it_sent_counts_nothing_twice(
    emulator: Emulator, queue: Queue, tmp_path: Path
) -> None:
    folder = tmp_path / "usage"
    spool = Spool(folder)
    for _ in range(500):
        spool.write(record(at=1_795_000_000.0))
    spool.turn()
    assert ship(folder, queue, emulator, "dies") == -signal.SIGKILL
    assert list(folder.iterdir())
    assert ship(folder, queue, emulator, "lives") == 0
    assert not list(folder.iterdir())
    assert len(queue.receive()) == 1000
    assert counted(queue) == 500


def counted(queue: Queue) -> int:
    """The requests that the usage service makes of the messages."""
    ledger = InMemoryLedger()
    for body in queue.bodies:
        batch = Batch.model_validate_json(body)
        ledger.add(batch.batch, rows(batch))
    question = Question.of(Asked(), Asker("ada", "", admin=True), DAY)
    total: Any = report(question, ledger.read(question, part(question)))["total"]
    return int(total["requests"])
