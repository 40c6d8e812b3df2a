"""Ingestion gives way to people who search: its requests are as large as they are quick."""

from collections.abc import Iterable, Iterator, Sequence

import pytest

from documents.errors import DocumentRefused
from ingestion.adapters.embeddings import Embeddings
from ingestion.pace import FIRST, LONGEST, MOST, QUICK, SLOW, Pace
from ingestion.staged import BATCH
from repositories.errors import ModelRefusedError

STEP_SECONDS = 900


class Server:
    """A model behind a line: a request takes `line` seconds, and so many for each of its texts."""

    def __init__(self, line: float, text: float) -> None:
        self.line, self.text = line, text
        self.time = 0.0
        self.sizes: list[int] = []
        self.pauses: list[float] = []

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.time += seconds
        self.pauses.append(seconds)

    def embed(self, model: str, texts: Sequence[str]) -> list[list[float]]:
        assert model == "minilm"
        self.sizes.append(len(texts))
        self.time += self.line + self.text * len(texts)
        return [[float(text)] for text in texts]

    def weigh(self, model: str, texts: Sequence[str]) -> int | None:
        assert model == "minilm"
        return sum(map(int, texts))

    def rerank(self, model: str, query: str, texts: Sequence[str]) -> list[float]:
        raise AssertionError("nobody ranks what is ingested")


class Refusing(Server):
    def weigh(self, model: str, texts: Sequence[str]) -> int | None:
        raise ModelRefusedError(model, "it writes texts")

    def embed(self, model: str, texts: Sequence[str]) -> list[list[float]]:
        raise ModelRefusedError(model, "it writes texts")


def embedded(server: Server, count: int) -> None:
    """Embed so many texts, each of which is its own number: none is lost, doubled or moved."""
    texts = [str(number) for number in range(count)]
    vectors = Embeddings(server, server.now, server.sleep).embed("minilm", texts)
    assert vectors == [[float(number)] for number in range(count)]


def paces(seconds: Iterable[float]) -> Iterator[Pace]:
    pace = Pace()
    for one in seconds:
        pace = pace.after(one)
        yield pace


def test_a_quick_server_gets_all_that_it_takes_in_one_go() -> None:
    server = Server(line=0.01, text=0.001)
    embedded(server, 128)
    assert server.sizes == [1, 2, 4, 8, 16, 32, 32, 32, 1]
    assert sum(server.pauses) == 0


def test_a_slow_server_has_at_any_time_what_it_does_while_somebody_may_wait() -> None:
    server = Server(line=0.0, text=0.15)
    embedded(server, BATCH)
    assert server.sizes[:2] == [FIRST, 2]
    assert max(size * server.text for size in server.sizes) <= SLOW


def test_where_one_text_alone_takes_long_there_are_pauses_that_grow() -> None:
    found = list(paces([QUICK / 2, 2 * SLOW, 2 * SLOW, 2 * SLOW, 2 * SLOW]))
    assert [pace.size for pace in found] == [2, 1, 1, 1, 1]
    assert [pace.pause for pace in found] == [0, 0, 2 * SLOW, 4 * SLOW, LONGEST]


def test_behind_a_long_line_a_worker_waits_at_once_but_never_for_long() -> None:
    assert Pace().after(60.0) == Pace(1, LONGEST)


def test_what_was_given_up_is_taken_back_when_the_line_is_gone() -> None:
    found = list(paces([2 * SLOW] * 12 + [QUICK / 2] * 12))
    assert found[-1] == Pace(MOST, 0.0)


@pytest.mark.parametrize("seconds", [QUICK, SLOW])
def test_between_quick_and_slow_nothing_changes(seconds: float) -> None:
    assert Pace(8).after(seconds) == Pace(8)


def test_a_step_is_done_in_its_time_behind_a_long_line() -> None:
    """Fifty documents at once, each by three workers, on a model of six texts a second: everybody
    has a text done every 25 seconds, and pauses for some of them."""
    server = Server(line=50 * 3 / 6 - LONGEST, text=1 / 6)
    embedded(server, BATCH)
    assert server.time < STEP_SECONDS


def test_a_model_that_refuses_is_the_documents_reason() -> None:
    server = Refusing(0, 0)
    with pytest.raises(DocumentRefused, match="it writes texts"):
        embedded(server, 1)
    with pytest.raises(DocumentRefused, match="it writes texts"):
        Embeddings(server).weigh("minilm", ["1"])
