"""The health check that asks for an answer."""

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from serving.probe import answers, question

TASK = {"MODEL_ID": "tiny"}


class Engine(ThreadingHTTPServer):
    """Speaks as vLLM does: `seconds` to an answer, while it computes tokens for others or not."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.seconds = 0.0
        self.status = 200
        self.is_busy = False
        self.tokens = 7.0
        self.asked: list[dict[str, object]] = []
        self.url = f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: Engine

    def do_GET(self) -> None:
        self.server.tokens += 5 if self.server.is_busy else 0
        lines = (
            "# TYPE vllm:generation_tokens_total counter",
            f'vllm:generation_tokens_total{{engine="0",model_name="tiny"}} {self.server.tokens}',
            f'vllm:num_requests_running{{engine="0"}} {time.time()}',
        )
        self.answer(200, "\n".join(lines).encode())

    def do_POST(self) -> None:
        self.server.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        time.sleep(self.server.seconds)
        self.answer(self.server.status, b"{}")

    def answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def engine() -> Iterator[Engine]:
    with Engine() as engine:
        threading.Thread(target=engine.serve_forever, daemon=True).start()
        yield engine
        engine.shutdown()


def test_an_engine_that_answers_is_healthy(engine: Engine) -> None:
    assert answers(engine.url, TASK, patience=5)
    assert engine.asked == [{"model": "tiny", "prompt": "a", "max_tokens": 1}]


def test_an_engine_that_refuses_is_not(engine: Engine) -> None:
    engine.status = 500
    assert not answers(engine.url, TASK, patience=5)


def test_an_engine_that_computes_for_others_is_busy_not_dead(engine: Engine) -> None:
    engine.seconds, engine.is_busy = 0.6, True
    assert answers(engine.url, TASK, patience=0.2)


def test_an_engine_that_computes_nothing_is_dead(engine: Engine) -> None:
    engine.seconds = 0.6
    assert not answers(engine.url, TASK, patience=0.2)


def test_a_port_where_nothing_listens_is_not_healthy() -> None:
    assert not answers("http://127.0.0.1:9", TASK, patience=1)


def test_an_embedding_model_is_asked_for_a_vector() -> None:
    path, body = question({"MODEL_ID": "tiny", "MODEL_TYPE": "embedding"})
    assert (path, body) == ("/v1/embeddings", {"model": "tiny", "input": "a"})
