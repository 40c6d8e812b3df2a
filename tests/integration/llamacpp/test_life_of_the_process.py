"""How the container starts, fails and ends."""

import urllib.request
from collections.abc import Callable

from tests.integration.llamacpp.conftest import Start
from tests.integration.llamacpp.container import Container


def test_sigterm_ends_it_within_a_second(start: Start) -> None:
    container = start("demo/tiny-chat").wait_until_healthy()
    assert container.end() < 1
    assert container.health() == 0


def test_missing_weights_end_it_with_a_sentence(start: Start) -> None:
    container = start("demo/absent")
    assert container.exit_code() == 12
    assert "no weights at s3://lisa-models/demo/absent/" in container.log


def test_a_missing_setting_ends_it_with_a_sentence(start: Start) -> None:
    container = start("demo/tiny-chat", MODEL_ID="")
    assert container.exit_code() == 11
    assert "MODEL_ID is not set" in container.log


def test_a_broken_file_ends_it_with_a_sentence(
    start: Start, bucket: Callable[[str, bytes], None]
) -> None:
    bucket("broken/model.gguf", b"GGUF" + bytes(1000))
    container = start("broken")
    assert container.exit_code() == 17
    assert "could not serve model.gguf" in container.log


def test_a_file_of_another_kind_is_recognised(
    start: Start, bucket: Callable[[str, bytes], None]
) -> None:
    bucket("renamed/model.gguf", b"PK" + bytes(1000))
    container = start("renamed")
    assert container.exit_code() == 17
    assert "model.gguf is not a GGUF file" in container.log


def test_a_port_in_use_ends_it(start: Start) -> None:
    first = start("demo/tiny-chat").wait_until_healthy()
    second = start("demo/tiny-chat", PORT=str(first.port))
    assert second.exit_code() == 17
    assert first.health() == 200


def test_a_foreign_web_page_is_not_allowed_to_read_from_it(chat: Container) -> None:
    request = urllib.request.Request(
        f"{chat.url}/v1/models", headers={"Origin": "http://evil.test"}
    )
    with urllib.request.urlopen(request, timeout=5) as reply:
        assert not reply.headers.get("Access-Control-Allow-Origin")
