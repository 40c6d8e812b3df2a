"""Pages of one origin may call the gateway; others, and programs, see no difference."""

from gateway.answering import answer
from gateway.headers import downstream
from gateway.http1.exchange import Exchange
from gateway.pages import Pages
from tests.unit.gateway.exchanges import exchange

ORIGIN = (b"origin", b"https://ui.example")


async def app(asked: Exchange) -> None:
    answer(asked, 200, b"{}")


PAGES = Pages(app, "https://ui.example")


async def test_a_page_of_ours_may_read_the_answer() -> None:
    asked, link = exchange("/v2/serve/models", method="GET", headers=[ORIGIN])
    await PAGES(asked)
    status, headers, body = link.answer
    assert (status, body) == (200, b"{}")
    assert headers[b"access-control-allow-origin"] == b"https://ui.example"
    assert b"x-request-id" in headers[b"access-control-expose-headers"]
    assert headers[b"vary"] == b"origin"


async def test_a_page_of_ours_may_send_its_token() -> None:
    wish = (b"access-control-request-method", b"POST")
    asked, link = exchange("/v2/serve/chat/completions", method="OPTIONS", headers=[ORIGIN, wish])
    await PAGES(asked)
    status, headers, body = link.answer
    assert (status, body, link.kept) == (204, b"", True)
    assert headers[b"access-control-allow-origin"] == b"https://ui.example"
    assert headers[b"access-control-allow-headers"] == b"authorization, content-type"
    assert b"access-control-allow-credentials" not in headers


async def test_nobody_else_is_told_anything() -> None:
    for others in ([], [(b"origin", b"https://ui.example.evil")], [(b"origin", b"null")]):
        asked, link = exchange("/v2/serve/models", method="OPTIONS", headers=others)
        await PAGES(asked)
        status, headers, _ = link.answer
        assert status == 200
        assert not [name for name in headers if name.startswith(b"access-control")]


def test_what_an_upstream_says_of_origins_stays_behind() -> None:
    said = [(b"access-control-allow-origin", b"*"), (b"content-type", b"text/plain")]
    assert downstream(said, b"r1") == [(b"content-type", b"text/plain"), (b"x-request-id", b"r1")]
