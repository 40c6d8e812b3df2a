"""The command line, on a server that answers as a test says."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Callable

import pytest
from click.testing import CliRunner, Result
from wire_server import Answer, Wire

from lisapy.cli.program import lisa as program

if TYPE_CHECKING:
    from collections.abc import Iterator

CHAT = "/v2/serve/chat/completions"
PACKAGE = Path(__file__).parents[1]
MODEL = {
    "modelId": "m",
    "modelType": "textgen",
    "status": "InService",
    "failureReason": None,
    "timeline": [{"at": "now", "status": "InService", "note": ""}],
}
Run = Callable[..., Result]


@pytest.fixture
def config(wire: Wire, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where profiles are kept; the addresses are those of the wire's console."""
    env = {
        "AUTHORITY": "https://cognito-idp.region.example/pool",
        "METADATA_URL": f"{wire.url}/pool/openid",
        "CLIENT_ID": "client",
        "RESTAPI_URI": wire.url,
        "RESTAPI_VERSION": "v2",
        "API_BASE_URL": f"{wire.url}/v1",
    }
    wire.on("GET", "/env.js", Answer(200, f"window.env = {json.dumps(env)};".encode()))
    wire.on(
        "GET", "/v2/serve/models", Answer(200, {"data": [{"id": "m", "model_type": "textgen"}]})
    )
    file = tmp_path / "kept" / "profiles.json"
    monkeypatch.setenv("LISA_CONFIG", str(file))
    return file


@pytest.fixture
def run(config: Path) -> Run:
    """Run one command as whom the profile says."""

    def run(*arguments: str, **options: Any) -> Result:
        return CliRunner().invoke(program, arguments, **options)

    return run


@pytest.fixture
def signed_in(run: Run, wire: Wire) -> Run:
    assert run("login", wire.url, "--token", input="lisa_secret\n").exit_code == 0
    return run


def test_who_signs_in_is_remembered_where_nobody_else_reads(
    run: Run, wire: Wire, config: Path
) -> None:
    tokens = {"IdToken": "first", "RefreshToken": "again", "ExpiresIn": 1}
    wire.on("POST", "/", Answer(200, {"AuthenticationResult": tokens}))
    wire.on("GET", "/v1/models", Answer(200, {"models": [MODEL]}))

    done = run("login", wire.url, "--username", "ada", input="pass-word\n")

    assert done.exit_code == 0, done.output
    assert "pass-word" not in done.output + config.read_text()
    assert (config.stat().st_mode & 0o777, config.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    renewed = {"IdToken": "second", "ExpiresIn": 3600}
    wire.on("POST", "/", Answer(200, {"AuthenticationResult": renewed}))
    assert run("models", "list").exit_code == 0
    assert wire.last().headers["authorization"] == "Bearer second"
    assert json.loads(config.read_text())["default"]["sign_in"]["bearer_token"] == "second"
    assert run("logout").exit_code == 0
    assert json.loads(config.read_text()) == {}
    assert run("models", "list").exit_code == 3


def test_a_list_is_a_table_or_json(signed_in: Run, wire: Wire) -> None:
    wire.on("GET", "/v1/models", Answer(200, {"models": [MODEL]}))
    shown = signed_in("models", "list").stdout
    assert "modelId" in shown
    assert "InService" in shown
    assert json.loads(signed_in("models", "list", "--json").stdout) == [MODEL]


def test_who_administers_nothing_sees_what_they_may_call(signed_in: Run, wire: Wire) -> None:
    wire.on("GET", "/v1/models", Answer(403, {"error": "Forbidden", "message": "No."}))
    found = json.loads(signed_in("models", "list", "--json").stdout)
    assert [one["modelId"] for one in found] == ["m"]
    assert wire.last().query == {"state": "all"}


@pytest.mark.parametrize(("status", "code"), [(403, 1), (404, 1), (401, 3), (500, 1)])
def test_a_refusal_is_told_and_has_its_code(
    signed_in: Run, wire: Wire, status: int, code: int
) -> None:
    wire.on("GET", "/v1/models/m", Answer(status, {"error": "Name", "message": "Why."}))
    done = signed_in("models", "show", "m")
    assert (done.exit_code, done.stdout, done.stderr) == (code, "", "Name: Why.\n")


def test_nobody_answers(run: Run) -> None:
    done = run("--url", "http://127.0.0.1:9", "models", "list")
    assert done.exit_code == 4
    assert "cannot be reached" in done.stderr


@pytest.mark.parametrize("text", ["{", "[]"])
def test_a_definition_that_is_none(signed_in: Run, tmp_path: Path, text: str) -> None:
    file = tmp_path / "model.json"
    file.write_text(text)
    done = signed_in("models", "create", str(file))
    assert done.exit_code == 2
    assert "JSON" in done.stderr


def test_a_model_is_made_and_waited_for(signed_in: Run, wire: Wire) -> None:
    wire.on("POST", "/v1/models", Answer(200, {"model": MODEL}))
    creating = {"model": {**MODEL, "status": "Creating"}}
    wire.on("GET", "/v1/models/m", Answer(200, creating), Answer(200, {"model": MODEL}))

    done = signed_in("models", "create", "-", input='{"modelId": "m", "modelName": "n"}')

    assert done.exit_code == 0, done.output
    assert wire.asked[-3].json == {"modelId": "m", "modelName": "n"}
    assert "InService" in done.stdout


def test_a_removal_is_asked_about(signed_in: Run, wire: Wire) -> None:
    assert signed_in("models", "delete", "m", input="n\n").exit_code == 1
    assert wire.last().method == "GET"
    wire.on("DELETE", "/v1/models/m", Answer(200, {"status": "success"}))
    assert signed_in("models", "delete", "m", "--yes").exit_code == 0
    assert "DELETE" in [one.method for one in wire.asked]


def chunk(text: str) -> bytes:
    return f"data: {json.dumps({'choices': [{'delta': {'content': text}}]})}\n\n".encode()


def test_an_answer_is_shown_as_it_comes_and_cannot_drive_the_terminal(
    signed_in: Run, wire: Wire
) -> None:
    wire.on(
        "POST", CHAT, Answer(pieces=[chunk("Good\x1b]0;x\x07 "), chunk("day"), b"data: [DONE]\n\n"])
    )

    done = signed_in("chat", "--system", "Be kind.", "How", "are you?")

    assert done.stdout == "Good\ufffd]0;x\ufffd day\n"
    told = [one["content"] for one in wire.last().json["messages"]]
    assert told == ["Be kind.", "How are you?"]
    piped = signed_in("chat", "--json", "-m", "m", input="Hello\n")
    assert json.loads(piped.stdout)["model"] == "m"
    assert wire.last().json["messages"][-1]["content"] == "Hello"


@pytest.fixture
def interruptible() -> Iterator[None]:
    """What is started hears Ctrl-C, although we run in the background, where it is ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_ctrl_c_ends_an_answer_at_the_server_too(
    signed_in: Run, wire: Wire, interruptible: None
) -> None:
    def slowly() -> Iterator[bytes]:
        for _ in range(4000):
            yield chunk("word ")
            time.sleep(0.005)

    wire.on("POST", CHAT, Answer(pieces=slowly()))
    env = {**os.environ, "PYTHONPATH": str(PACKAGE)}
    command = [sys.executable, "-m", "lisapy.cli", "chat", "Hello"]
    with subprocess.Popen(
        command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert process.stdout.read(4) == "word"
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=20)
    assert (process.returncode, said) == (130, "Stopped.\n")
    assert wire.left.wait(5)


def test_of_several_files_those_that_cannot_be_read_are_told(
    signed_in: Run, wire: Wire, tmp_path: Path
) -> None:
    form = {"url": f"{wire.url}/bucket", "fields": {}, "key": "k"}
    wire.on("POST", "/v1/repository/presigned-url", Answer(200, form))
    wire.on("POST", "/bucket", Answer(403, b"<Code>EntityTooLarge</Code>"), Answer(204))
    job = {"documentId": "d", "documentName": "b.md"}
    wire.on("POST", "/v1/repository/r-1/bulk", Answer(200, {"jobs": [job]}))
    read = {**job, "status": "COMPLETED", "reason": None, "chunks": 3}
    wire.on("GET", "/v1/repository/r-1/d", Answer(200, read))
    files = [tmp_path / "a.md", tmp_path / "b.md"]
    for file in files:
        file.write_text("# A")

    done = signed_in("rag", "upload", "r-1", *map(str, files), "--json")

    assert done.exit_code == 1
    outcomes = [(one["documentName"], one["status"]) for one in json.loads(done.stdout)]
    assert outcomes == [("a.md", "FAILED"), ("b.md", "COMPLETED")]


def test_a_new_token_is_all_that_is_printed(signed_in: Run, wire: Wire) -> None:
    wire.on("POST", "/v1/api-tokens", Answer(200, {"token": "lisa_new"}))
    done = signed_in("tokens", "create", "notebook", "--model", "a", "--model", "b", "--days", "2")
    assert done.stdout == "lisa_new\n"
    assert wire.last().json["models"] == ["a", "b"]
    assert wire.last().json["tokenExpiration"] > time.time() + 86400


@pytest.mark.parametrize(("status", "code"), [("ok", 0), ("failed", 1)])
def test_health_is_a_table_and_an_exit_code(
    signed_in: Run, wire: Wire, status: str, code: int
) -> None:
    check = {"name": "tables", "status": status, "milliseconds": 3, "fix": "Look at the log."}
    wire.on("GET", "/v1/health/deep", Answer(200, {"status": status, "checks": [check]}))
    done = signed_in("health")
    assert done.exit_code == code
    assert "Look at the log." in done.stdout


def test_usage_is_a_table_with_its_sum(signed_in: Run, wire: Wire) -> None:
    figures = {"requests": 7, "latency": {"p50": 12}}
    report = {"rows": [{"model": "m", **figures}], "total": figures}
    wire.on("GET", "/v1/usage", Answer(200, report))
    done = signed_in("usage", "--by", "model", "--from", "2026-11-01", "--group", "g")
    assert wire.last().query == {"by": "model", "from": "2026-11-01", "group": "g"}
    assert [line.split()[0] for line in done.stdout.splitlines()[-3:-1]] == ["m", "all"]
