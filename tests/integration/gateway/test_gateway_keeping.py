"""A chat of a session whose reader leaves: read to its end, unless it was stopped."""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gateway.keeping.keeper import PAUSE, PAUSES_AFTER_ALL
from tests.emulator.running import Emulator, eventually
from tests.integration.gateway.keeping import FUNCTION, kept, make_keeper
from tests.integration.gateway.stage import Gateway, Tables
from tests.integration.gateway.upstream import Upstream

SESSION = "session-1"
ASK: Any = [{"role": "user", "content": "Tell me more."}]
WORDS = 100


@pytest.fixture(scope="module")
def notes(folder: Path) -> Path:
    return folder / "kept"


@pytest.fixture(scope="module")
def keeping(emulator: Emulator, tables: Tables, folder: Path, notes: Path) -> Iterator[Gateway]:
    make_keeper(emulator, notes)
    with Gateway(emulator, folder / "keeping", KEEP_FUNCTION=FUNCTION) as running:
        eventually(lambda: running.chat("good")[0] == 200)
        yield running


def leave(gateway: Gateway, message: str, model: str = "good", **more: Any) -> None:
    """Ask, read one event, and close the tab."""
    metadata = {"session": SESSION, "message": message}
    body = {"model": model, "messages": ASK, "max_tokens": WORDS, "metadata": metadata, **more}
    connection = gateway.begin({"stream": True, **body})
    assert connection.getresponse().readline().startswith(b"data: ")
    connection.close()


def leave_at_once(gateway: Gateway, upstream: Upstream, message: str, model: str) -> None:
    """Ask, and close the tab before the model has said anything."""
    metadata = {"session": SESSION, "message": message}
    body = {"model": model, "messages": ASK, "max_tokens": WORDS, "metadata": metadata}
    before = len(upstream.asked)
    connection = gateway.begin({"stream": True, **body})
    assert eventually(lambda: len(upstream.asked) > before)
    connection.close()


def answer(notes: Path, message: str) -> dict[str, Any]:
    assert eventually(lambda: kept(notes, message) is not None, within=15)
    return kept(notes, message) or {}


def test_an_answer_is_kept_whole_although_its_reader_left(keeping: Gateway, notes: Path) -> None:
    leave(keeping, "message-1")
    told = answer(notes, "message-1")
    assert (told["session"], told["answer"]["status"]) == (SESSION, "complete")
    assert told["owner"].startswith("token:")
    assert told["answer"]["content"] == "".join(f"{number} " for number in range(WORDS))
    assert told["answer"]["usage"]["completionTokens"] == WORDS


def test_through_litellm_as_well(keeping: Gateway, notes: Path) -> None:
    leave(keeping, "message-2", model="lane-good")
    assert f" {WORDS - 1} " in answer(notes, "message-2")["answer"]["content"]


def test_who_presses_stop_stops_the_model(
    keeping: Gateway, upstream: Upstream, notes: Path
) -> None:
    before = len(upstream.abandoned)
    leave(keeping, "stopped-1", model="endless")
    assert eventually(lambda: len(upstream.abandoned) > before, within=5)
    time.sleep(0.5)
    assert kept(notes, "stopped-1") is None


def test_an_answer_that_breaks_off_is_kept_as_failed(keeping: Gateway, notes: Path) -> None:
    leave(keeping, "message-3", model="dying")
    told = answer(notes, "message-3")["answer"]
    assert (told["status"], bool(told["error"]["message"])) == ("failed", True)
    assert told["content"].startswith("0 1 2")


def test_an_answer_is_kept_that_had_not_begun_when_its_reader_left(
    keeping: Gateway, upstream: Upstream, notes: Path
) -> None:
    leave_at_once(keeping, upstream, "message-early-1", "thinking")
    told = answer(notes, "message-early-1")["answer"]
    assert (told["status"], told["usage"]["completionTokens"]) == ("complete", WORDS)
    assert told["content"].endswith(f" {WORDS - 1} ")


def test_what_refused_it_meanwhile_is_told(
    keeping: Gateway, upstream: Upstream, notes: Path
) -> None:
    leave_at_once(keeping, upstream, "message-early-2", "thinking-refusing")
    told = answer(notes, "message-early-2")["answer"]
    assert (told["status"], told["error"]["code"]) == ("failed", "context_length_exceeded")
    assert "maximum context length" in told["error"]["message"]


def test_who_presses_stop_before_the_first_word_stops_the_model(
    keeping: Gateway, upstream: Upstream, notes: Path
) -> None:
    before = len(upstream.abandoned)
    leave_at_once(keeping, upstream, "stopped-2", "slow")
    assert eventually(lambda: len(upstream.abandoned) > before, within=5)
    time.sleep(0.5)
    assert kept(notes, "stopped-2") is None


def test_who_has_heard_all_is_given_time_to_say_so(keeping: Gateway, notes: Path) -> None:
    metadata = {"session": SESSION, "message": "message-all"}
    body = {"model": "lingering", "messages": ASK, "metadata": metadata, "stream": True}
    connection = keeping.begin(body)
    response = connection.getresponse()
    while response.readline() != b"data: [DONE]\n":
        pass
    connection.close()
    time.sleep(3 * PAUSE)
    assert kept(notes, "message-all") is None
    assert eventually(lambda: kept(notes, "message-all"), within=2 * PAUSE * PAUSES_AFTER_ALL)


def test_usage_is_counted_at_the_end(keeping: Gateway, notes: Path) -> None:
    leave(keeping, "message-4")
    answer(notes, "message-4")
    lines = [json.loads(line) for line in keeping.log().splitlines() if '"status":499' in line]
    assert max(line["completion_tokens"] or 0 for line in lines) == WORDS


def test_who_stays_is_served_as_ever_and_the_model_sees_no_names(
    keeping: Gateway, upstream: Upstream, notes: Path
) -> None:
    metadata = {"session": SESSION, "message": "message-5", "run": "7"}
    with keeping.openai() as user:
        stream = user.chat.completions.create(
            model="good", messages=ASK, stream=True, metadata=metadata
        )
        assert len(list(stream)) > 3
    assert upstream.asked[-1][0]["metadata"] == {"run": "7"}
    assert kept(notes, "message-5") is None


@pytest.mark.parametrize("name", ["session", "message"])
def test_a_name_that_is_none_is_refused(keeping: Gateway, name: str) -> None:
    metadata = {"session": SESSION, "message": "message-6", name: "../x"}
    status, body = keeping.chat("good", metadata=metadata, stream=True)
    assert (status, body["error"]["code"]) == (400, "invalid_metadata")
    assert f"metadata.{name}" in body["error"]["message"]


def test_a_gateway_that_ends_keeps_what_has_come(
    emulator: Emulator, tables: Tables, folder: Path, notes: Path
) -> None:
    make_keeper(emulator, notes)
    settings = {"KEEP_FUNCTION": FUNCTION, "ACCEPT_SECONDS": "0", "DRAIN_SECONDS": "1"}
    with Gateway(emulator, folder / "ending", **settings) as running:
        eventually(lambda: running.chat("good")[0] == 200)
        leave(running, "message-7", model="endless")
        time.sleep(1.5)
        running.end()
    assert answer(notes, "message-7")["answer"]["status"] == "failed"
