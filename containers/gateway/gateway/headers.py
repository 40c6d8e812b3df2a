"""Which headers cross the gateway, in which direction. Pure."""

from collections.abc import Sequence

from gateway.http1.heads import Pair, Pairs, value_of

# The caller's credential, host and address stay here; only these go on.
FORWARDED = frozenset(
    {b"content-type", b"accept", b"anthropic-version", b"anthropic-beta", b"openai-beta"}
)

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
        b"server",
        b"via",
        b"set-cookie",
        b"location",
        b"alt-svc",
        b"www-authenticate",
        b"x-request-id",
        b"request-id",
        # Whose pages may read an answer is ours to say.
        b"access-control-allow-origin",
        b"access-control-allow-credentials",
        b"access-control-expose-headers",
    }
)


def upstream(headers: Sequence[Pair], request_id: bytes, traced: bytes, key: str | None) -> bytes:
    """The request's header lines as the upstream gets them, but for its length.

    `traced` are the lines by which its trace can be found.

    Answers are asked for as they are: what they used is read as they pass.
    """
    # The first of each name, which is the one that was read here: nobody is to read another.
    once = {name: value for name, value in reversed(headers) if name in FORWARDED}
    lines = [b"%b: %b\r\n" % pair for pair in once.items()]
    lines.append(b"accept-encoding: identity\r\nx-request-id: %b\r\n%b" % (request_id, traced))
    if key is not None:
        lines.append(b"authorization: Bearer %b\r\n" % key.encode("ascii"))
    return b"".join(lines)


def downstream(headers: Pairs, request_id: bytes) -> list[Pair]:
    """The upstream's headers as the caller gets them."""
    kept = [(name, value) for name, value in headers if name not in KEPT_BACK]
    kept.append((b"x-request-id", request_id))
    return kept


def is_event_stream(headers: Pairs) -> bool:
    """Whether events can be read in it, and one be added; not in one that comes compressed."""
    kind = value_of(headers, b"content-type") or b""
    return kind.startswith(b"text/event-stream") and not value_of(headers, b"content-encoding")


def retry_after(headers: Pairs) -> float | None:
    """Seconds that the answer asks to wait for; None if it says none that can be read."""
    said = value_of(headers, b"retry-after") or b""
    return float(said) if said.isdigit() and len(said) < 6 else None
