"""Heads are read and changed without touching what they do not understand."""

import pytest

from local.front.heads import Head, Malformed

GET = (
    b"GET /v1/models?a=b HTTP/1.1\r\nHost: here\r\nConnection: keep-alive\r\nX-Odd:  a : b \r\n\r\n"
)


def test_a_head_is_read() -> None:
    head = Head.parsed(GET)
    assert (head.method, head.target, head.value("host")) == ("GET", "/v1/models?a=b", "here")
    assert head.value("x-odd") == "a : b"
    assert head.value("missing") == ""


def test_what_is_not_changed_stays_as_it_came() -> None:
    assert Head.parsed(GET).encoded() == GET


def test_a_head_is_changed() -> None:
    changed = Head.parsed(GET).to("/other").having("connection", "close").without("X-ODD")
    assert changed.encoded() == b"GET /other HTTP/1.1\r\nHost: here\r\nconnection: close\r\n\r\n"


@pytest.mark.parametrize(
    "text", [b"\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/1.1\r\nno header\r\n\r\n"]
)
def test_other_bytes_are_no_head(text: bytes) -> None:
    with pytest.raises(Malformed):
        Head.parsed(text)


def test_an_answer_has_a_status() -> None:
    assert Head.parsed(b"HTTP/1.1 204 No Content\r\n\r\n").status == 204
    with pytest.raises(Malformed):
        _ = Head.parsed(b"HTTP/1.1 odd\r\n\r\n").status
