"""Which headers cross the gateway, in which direction. Pure."""

from collections.abc import Iterable

type Pairs = Iterable[tuple[bytes, bytes]]

# The caller's credential, host and address stay here; only these go on.
FORWARDED = frozenset({b"content-type", b"accept", b"traceparent"})

# Hop-by-hop ones (RFC 9110), those that the edge sets itself, and those that tell about upstream.
KEPT_BACK = frozenset(
    {
        b"connection",
        b"keep-alive",
        b"proxy-authenticate",
        b"proxy-authorization",
        b"te",
        b"trailer",
        b"transfer-encoding",
        b"upgrade",
        b"date",
        b"server",
        b"via",
        b"set-cookie",
        b"location",
        b"alt-svc",
        b"x-request-id",
    }
)


def upstream(headers: Pairs, request_id: str) -> dict[str, str]:
    """The request's headers as the upstream gets them."""
    kept = {
        name.decode("latin-1"): value.decode("latin-1")
        for name, value in headers
        if name in FORWARDED
    }
    # The usage is read out of the answer in passing, so it must not be compressed.
    kept["accept-encoding"] = "identity"
    kept["x-request-id"] = request_id
    return kept


def downstream(headers: Pairs, request_id: str) -> list[tuple[bytes, bytes]]:
    """The upstream's headers as the caller gets them."""
    kept = [(name.lower(), value) for name, value in headers if name.lower() not in KEPT_BACK]
    return [*kept, (b"x-request-id", request_id.encode())]


def is_event_stream(headers: Pairs) -> bool:
    return any(
        name == b"content-type" and value.startswith(b"text/event-stream")
        for name, value in headers
    )
