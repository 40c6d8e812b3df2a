"""Which headers cross the gateway."""

import pytest

from gateway.headers import downstream, is_event_stream, retry_after, upstream


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
        b"req_1",
        b"traceparent: 00-a-b-00\r\n",
        None,
    )
    assert sent == (
        b"content-type: application/json\r\naccept-encoding: identity\r\nx-request-id: req_1\r\n"
        b"traceparent: 00-a-b-00\r\n"
    )


def test_a_providers_key_goes_where_the_callers_credential_stood() -> None:
    sent = upstream([(b"authorization", b"Bearer sesame")], b"req_1", b"", "sk-provider")
    assert sent.endswith(b"authorization: Bearer sk-provider\r\n")
    assert b"sesame" not in sent


@pytest.mark.parametrize(("said", "seconds"), [(b"7", 7.0), (b"soon", None), (b"9999999", None)])
def test_how_long_to_wait_is_read_if_it_is_a_number_of_seconds(
    said: bytes, seconds: float | None
) -> None:
    assert retry_after([(b"retry-after", said)]) == seconds
    assert retry_after([]) is None


def test_an_answer_keeps_its_own_headers_and_loses_the_connections() -> None:
    passed = downstream(
        [
            (b"content-type", b"application/json"),
            (b"content-length", b"2"),
            (b"retry-after", b"7"),
            (b"transfer-encoding", b"chunked"),
            (b"connection", b"close"),
        ],
        b"req_1",
    )
    assert passed == [
        (b"content-type", b"application/json"),
        (b"content-length", b"2"),
        (b"retry-after", b"7"),
        (b"x-request-id", b"req_1"),
    ]


def test_an_answer_does_not_tell_where_it_came_from() -> None:
    told = [(b"location", b"http://10.0.0.7/v1/"), (b"server", b"uvicorn"), (b"via", b"10.0.0.7")]
    mine = [(b"x-request-id", b"theirs"), (b"set-cookie", b"AWSALB=1")]
    assert downstream([*told, *mine], b"req_1") == [(b"x-request-id", b"req_1")]


def test_an_event_stream_is_known_by_its_content_type() -> None:
    assert is_event_stream([(b"content-type", b"text/event-stream; charset=utf-8")])
    assert not is_event_stream([(b"content-type", b"application/json")])
