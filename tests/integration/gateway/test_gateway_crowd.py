"""One caller that asks for all at once is told to wait, and nobody else notices."""

from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from tests.emulator.running import Emulator, eventually
from tests.integration.gateway.stage import TOKEN, Gateway, Tables, soon

MOST = 3
OTHER = "sesame-too"


@pytest.fixture(scope="module")
def narrow(emulator: Emulator, tables: Tables, folder: Path) -> Iterator[Gateway]:
    tables.put_token(OTHER)
    with Gateway(emulator, folder / "narrow", MOST_AT_ONCE=str(MOST)) as running:
        assert soon(lambda: running.ask("/health")[0] == 200, 20)
        yield running


def test_a_flood_of_one_caller_is_429_and_costs_no_other(narrow: Gateway) -> None:
    with ExitStack() as open_streams:
        for _ in range(MOST):
            asked = {"model": "endless", "stream": True, "messages": [{"role": "user"}]}
            one = open_streams.enter_context(closing(narrow.begin(asked)))
            assert open_streams.enter_context(one.getresponse()).readline()

        status, told, headers = narrow.ask("/v2/serve/chat/completions", chat(), TOKEN)
        assert (status, told["error"]["code"]) == (429, "rate_limit_exceeded")
        assert headers["retry-after"] == "1"
        assert narrow.chat("good", OTHER)[0] == 200
        assert narrow.ask("/v2/serve/models", None, TOKEN)[0] == 200
    assert eventually(lambda: narrow.chat("good")[0] == 200, within=5)


def chat() -> dict[str, object]:
    return {"model": "good", "messages": [{"role": "user", "content": "hi"}]}
