"""Models asked over real HTTP: batches, connections that are kept, tries, and readable refusals."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from repositories.adapters.gateway import BATCH, GatewayModels
from repositories.adapters.wire import ATTEMPTS, LONGEST_PAUSE, Wire
from repositories.errors import ModelRefusedError, ModelUnavailableError

type Json = dict[str, Any]
type Reply = tuple[int, Json | bytes, dict[str, str]]


def vectors(body: Json) -> Reply:
    data = [
        {"index": place, "embedding": [float(len(text)), 1.0]}
        for place, text in enumerate(body["input"])
    ]
    # Servers may answer in any order: the index counts.
    return 200, {"data": data[::-1]}, {}


class Gateway:
    """A server that gives the answers that it is told, the last one for ever."""

    def __init__(self, *answers: Callable[[Json], Reply]) -> None:
        self.answers = list(answers)
        self.asked: list[tuple[str, str, Json]] = []
        self.connections: set[int] = set()
        self.url = ""

    def answer(self, path: str, token: str, body: Json) -> Reply:
        self.asked.append((path, token, body))
        return (self.answers.pop(0) if len(self.answers) > 1 else self.answers[0])(body)


@contextmanager
def served(gateway: Gateway) -> Iterator[Gateway]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            gateway.connections.add(self.client_address[1])
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            token = self.headers["Authorization"]
            status, answer, headers = gateway.answer(self.path, token, body)
            content = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
            self.send_response(status)
            for name, value in {"Content-Length": str(len(content)), **headers}.items():
                self.send_header(name, value)
            # Who asked may have given up.
            with suppress(ConnectionError):
                self.end_headers()
                self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    gateway.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield gateway
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def asking(gateway: Gateway, patience: float = 10.0) -> Iterator[tuple[GatewayModels, list[float]]]:
    pauses: list[float] = []
    with served(gateway):
        wire = Wire(gateway.url, pauses.append)
        try:
            yield GatewayModels(wire, lambda: "service-token", patience), pauses
        finally:
            wire.close()


def saying(status: int, message: str = "", **headers: str) -> Callable[[Json], Reply]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda body: (status, {"error": {"message": message}} if message else {}, named)


@pytest.mark.promise("rag.embeds-with-lisas-models")
def test_a_text_is_embedded_with_the_services_own_token() -> None:
    gateway = Gateway(vectors)
    with asking(gateway) as (models, _):
        assert models.embed("minilm", ["four", "seventeen letters"]) == [[4.0, 1.0], [17.0, 1.0]]
    ((path, token, body),) = gateway.asked
    assert (path, token) == ("/v2/serve/embeddings", "Bearer service-token")
    assert (body["model"], body["encoding_format"]) == ("minilm", "float")


@pytest.mark.parametrize(("usage", "told"), [({"prompt_tokens": 17}, 17), ({}, None), (None, None)])
def test_texts_are_weighed_in_one_request(usage: Json | None, told: int | None) -> None:
    gateway = Gateway(lambda body: (200, {"data": [], "usage": usage}, {}))
    with asking(gateway) as (models, _):
        assert models.weigh("minilm", ["text"] * (BATCH + 1)) == told
    ((_, _, body),) = gateway.asked
    assert len(body["input"]) == BATCH + 1


def test_many_texts_are_embedded_in_batches_and_keep_their_order() -> None:
    gateway = Gateway(vectors)
    texts = ["x" * (number + 1) for number in range(BATCH * 5 + 3)]
    with asking(gateway) as (models, _):
        found = models.embed("minilm", texts)
    assert [vector[0] for vector in found] == [float(len(text)) for text in texts]
    assert max(len(body["input"]) for _, _, body in gateway.asked) == BATCH
    assert len(gateway.asked) == 6


def test_no_texts_ask_nobody() -> None:
    with asking(Gateway(vectors)) as (models, _):
        assert models.embed("minilm", []) == []


def test_a_connection_is_kept_and_one_that_was_closed_is_opened_anew() -> None:
    gateway = Gateway(vectors)
    with asking(gateway) as (models, _):
        for _ in range(3):
            models.embed("minilm", ["one"])
        assert len(gateway.connections) == 1
        gateway.answers = [lambda body: (*vectors(body)[:2], {"Connection": "close"}), vectors]
        for _ in range(3):
            models.embed("minilm", ["one"])
    assert len(gateway.connections) == 2


def test_what_is_busy_is_asked_again_after_the_pause_that_it_asks_for() -> None:
    gateway = Gateway(
        saying(429, Retry_After="2"), saying(503), saying(503, Retry_After="99"), vectors
    )
    with asking(gateway, patience=60.0) as (models, pauses):
        assert models.embed("minilm", ["one"]) == [[3.0, 1.0]]
    assert pauses == [2.0, 1.0, LONGEST_PAUSE]


def test_what_stays_busy_is_given_up() -> None:
    gateway = Gateway(saying(503, "The model is loading."))
    with (
        asking(gateway, patience=60.0) as (models, _),
        pytest.raises(ModelUnavailableError) as told,
    ):
        models.embed("minilm", ["one"])
    assert len(gateway.asked) == ATTEMPTS
    assert told.value.message == "Model minilm did not answer: The model is loading."


def test_nothing_waits_longer_than_its_patience() -> None:
    gateway = Gateway(saying(503, Retry_After="5"))
    with asking(gateway, patience=4.0) as (models, pauses), pytest.raises(ModelUnavailableError):
        models.embed("minilm", ["one"])
    assert (len(gateway.asked), pauses) == (1, [])


def test_a_server_that_says_nothing_is_given_up_in_time() -> None:
    def slow(body: Json) -> Reply:
        time.sleep(0.6)
        return vectors(body)

    begun = time.monotonic()
    with asking(Gateway(slow), patience=0.2) as (models, _), pytest.raises(ModelUnavailableError):
        models.embed("minilm", ["one"])
    assert time.monotonic() - begun < 3


def test_nobody_there_is_told() -> None:
    with served(Gateway(vectors)) as gateway:
        gone = gateway.url
    pauses: list[float] = []
    models = GatewayModels(Wire(gone, pauses.append), lambda: "token", 60.0)
    with pytest.raises(ModelUnavailableError, match="refused"):
        models.embed("minilm", ["one"])
    assert pauses == [0.5, 1.0, 2.0]


@pytest.mark.parametrize(
    ("status", "fault"),
    [(400, ModelRefusedError), (403, ModelRefusedError), (404, ModelRefusedError),
     (413, ModelRefusedError), (401, ModelUnavailableError), (500, ModelUnavailableError)],
)  # fmt: skip
def test_what_will_not_change_is_asked_once(status: int, fault: type[Exception]) -> None:
    gateway = Gateway(saying(status, "No such model." * 100))
    with asking(gateway) as (models, _), pytest.raises(fault) as told:
        models.embed("minilm", ["one"])
    assert len(gateway.asked) == 1
    assert len(str(told.value)) < 900


@pytest.mark.parametrize(
    "answer",
    [
        b"<html>",
        b"[1]",
        {"data": []},
        {"data": [{"index": 1, "embedding": [1.0]}]},
        {"data": [{"index": 0, "embedding": []}]},
        b'{"data": [{"index": 0, "embedding": [NaN]}]}',
    ],
)
def test_an_answer_that_is_none_is_told(answer: Json | bytes) -> None:
    with (
        asking(Gateway(lambda body: (200, answer, {}))) as (models, _),
        pytest.raises(ModelRefusedError, match="its answer"),
    ):
        models.embed("minilm", ["one"])


def test_texts_are_ranked_in_the_order_in_which_they_were_given() -> None:
    ranking = [{"index": 1, "relevance_score": 0.9}, {"index": 0, "relevance_score": 0.2}]
    gateway = Gateway(lambda body: (200, {"results": ranking}, {}))
    with asking(gateway) as (models, _):
        assert models.rerank("reranker", "which?", ["this", "that"]) == [0.2, 0.9]
        with pytest.raises(ModelRefusedError):
            models.rerank("reranker", "which?", ["this", "that", "and this"])
    assert gateway.asked[0][0] == "/v2/serve/rerank"
    assert gateway.asked[0][2]["documents"] == ["this", "that"]


@pytest.mark.parametrize(
    ("reason", "cut"),
    [({}, False), ({"finish_reason": "stop"}, False), ({"finish_reason": "length"}, True)],
)
def test_a_chat_is_answered(reason: Json, cut: bool) -> None:
    choice = {"index": 0, "message": {"role": "assistant", "content": "Pumps."}, **reason}
    gateway = Gateway(lambda body: (200, {"choices": [choice]}, {}))
    messages = [{"role": "user", "content": "What moves water?"}]
    with asking(gateway) as (models, _):
        assert models.complete("small", messages, 7) == ("Pumps.", cut)
    [(path, _, body)] = gateway.asked
    assert path == "/v2/serve/chat/completions"
    assert body == {"model": "small", "messages": messages, "max_tokens": 7}


@pytest.mark.parametrize("answer", [{"choices": []}, {"data": []}, b"<html>"])
def test_a_chat_without_an_answer_is_told(answer: Json | bytes) -> None:
    gateway = Gateway(lambda body: (200, answer, {}))
    with asking(gateway) as (models, _), pytest.raises(ModelRefusedError, match="chat/completions"):
        models.complete("small", [], 7)
