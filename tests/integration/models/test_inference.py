"""One suite for asking a model's server: over HTTP on this machine, and in memory."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from definition.payload import ModelType
from models.adapters.inference import HttpInference
from models.errors import NoAnswerYet
from models.ports import Inference
from tests.support.in_memory import InMemoryInference

ANSWER = b'{"choices": [{"text": " there"}]}'

TEXTGEN = ModelType.TEXTGEN


@dataclass
class Server:
    """A model's server whose answer a test decides; `length` is what it claims to send."""

    status: int = 200
    body: bytes = ANSWER
    length: int | None = None
    first_line: bytes = b""
    asked: list[tuple[str, Any]] = field(default_factory=list)
    url: str = ""


def _answers(server: Server) -> type[BaseHTTPRequestHandler]:
    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            question = self.rfile.read(int(self.headers["Content-Length"]))
            server.asked.append((self.path, json.loads(question)))
            if server.first_line:
                self.wfile.write(server.first_line)
                return
            self.send_response(server.status)
            length = len(server.body) if server.length is None else server.length
            self.send_header("Content-Length", str(length))
            self.end_headers()
            self.wfile.write(server.body)

        def log_message(self, *_: object) -> None:
            """Keep the test output clean."""

    return Answers


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    listening = ThreadingHTTPServer(("127.0.0.1", 0), _answers(server))
    server.url = f"http://127.0.0.1:{listening.server_port}/v1"
    thread = Thread(target=listening.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield server
    listening.shutdown()
    listening.server_close()
    thread.join()


@pytest.fixture(params=["HTTP", "in memory"])
def refusing(request: pytest.FixtureRequest, server: Server) -> Inference:
    """A server that is loading still."""
    if request.param == "in memory":
        return InMemoryInference(refusals=1)
    server.status, server.body = 503, b"loading"
    return HttpInference()


@pytest.fixture(params=[HttpInference, InMemoryInference])
def answering(request: pytest.FixtureRequest) -> Inference:
    found: Inference = request.param()
    return found


def test_a_server_that_answers_is_all_right(answering: Inference, server: Server) -> None:
    answering.answers(server.url, "m", TEXTGEN)
    assert [path for path, _ in server.asked] in ([], ["/v1/completions"])


def test_a_refusal_is_told_in_the_servers_words(refusing: Inference, server: Server) -> None:
    with pytest.raises(NoAnswerYet, match="answered 503: loading"):
        refusing.answers(server.url, "m", TEXTGEN)


@pytest.mark.parametrize(
    ("model_type", "path", "question"),
    [
        (TEXTGEN, "/v1/completions", {"model": "m", "prompt": "Hello", "max_tokens": 1}),
        (
            ModelType.EMBEDDING,
            "/v1/embeddings",
            {"model": "m", "input": "Hello"},
        ),
    ],
)
def test_a_model_is_asked_for_what_it_does(
    server: Server, model_type: ModelType, path: str, question: object
) -> None:
    HttpInference().answers(server.url, "m", model_type)
    assert server.asked == [(path, question)]


@pytest.mark.parametrize(
    "answer",
    [
        {"body": b"<html>"},
        {"body": b"\xff\xfe"},
        {"length": 1000},
        {"first_line": b"SSH-2.0-OpenSSH\r\n"},
        {"first_line": b"\r\n"},
        {"status": 307},
    ],
)
def test_what_is_no_answer_is_told_as_such(server: Server, answer: dict[str, Any]) -> None:
    for name, value in answer.items():
        setattr(server, name, value)
    with pytest.raises(NoAnswerYet, match="/completions (gave no answer|answered 307)"):
        HttpInference().answers(server.url, "m", TEXTGEN)


def test_a_server_that_does_not_listen_gave_no_answer() -> None:
    with pytest.raises(NoAnswerYet, match="/completions gave no answer: .*refused"):
        HttpInference().answers("http://127.0.0.1:1/v1", "m", TEXTGEN)
