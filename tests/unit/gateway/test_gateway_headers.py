"""Which headers cross the gateway."""

from gateway.headers import downstream, is_event_stream, upstream


def test_a_credential_never_reaches_an_upstream() -> None:
    sent = upstream(
        [
            (b"authorization", b"Bearer sesame"),
            (b"api-key", b"sesame"),
            (b"x-api-key", b"sesame"),
            (b"cookie", b"sesame"),
            (b"x-forwarded-for", b"10.1.1.1"),
            (b"content-type", b"application/json"),
        ],
        "req_1",
    )
    assert sent == {
        "content-type": "application/json",
        "accept-encoding": "identity",
        "x-request-id": "req_1",
    }


def test_the_upstream_does_not_compress_what_is_to_be_read_in_passing() -> None:
    sent = upstream([(b"accept-encoding", b"gzip")], "req_1")
    assert sent["accept-encoding"] == "identity"


def test_an_answer_keeps_its_own_headers_and_loses_the_connections() -> None:
    passed = downstream(
        [
            (b"Content-Type", b"application/json"),
            (b"Content-Length", b"2"),
            (b"Retry-After", b"7"),
            (b"Transfer-Encoding", b"chunked"),
            (b"Connection", b"close"),
        ],
        "req_1",
    )
    assert passed == [
        (b"content-type", b"application/json"),
        (b"content-length", b"2"),
        (b"retry-after", b"7"),
        (b"x-request-id", b"req_1"),
    ]


def test_an_answer_does_not_tell_where_it_came_from() -> None:
    told = [(b"Location", b"http://10.0.0.7/v1/"), (b"Server", b"uvicorn"), (b"Via", b"10.0.0.7")]
    mine = [(b"X-Request-Id", b"theirs"), (b"Set-Cookie", b"AWSALB=1")]
    assert downstream([*told, *mine], "req_1") == [(b"x-request-id", b"req_1")]


def test_an_event_stream_is_known_by_its_content_type() -> None:
    assert is_event_stream([(b"content-type", b"text/event-stream; charset=utf-8")])
    assert not is_event_stream([(b"content-type", b"application/json")])
