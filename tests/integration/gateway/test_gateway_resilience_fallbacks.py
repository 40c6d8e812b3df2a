"""Models that fail while others could answer: whom a caller is answered by, and whom never."""

import json
import uuid
from typing import Any

import pytest

from tests.integration.gateway.raw_upstream import RawUpstream
from tests.integration.gateway.stage import Gateway, Tables, soon
from tests.integration.gateway.upstream import Upstream

NOWHERE = "http://127.0.0.1:9/v1"
ASKED = {"messages": [{"role": "user", "content": "x"}]}
DIRECT, LANE = "openai/raw", "lm_studio/x"


class Stand:
    """Adds models of unheard names, and waits until they are known."""

    def __init__(self, gateway: Gateway, tables: Tables) -> None:
        self._gateway = gateway
        self._tables = tables

    def model(self, base: str, litellm_model: str = DIRECT, **route: Any) -> str:
        name = f"m-{uuid.uuid4().hex[:8]}"
        self._tables.put_model(name, litellm_model, apiBase=base, **route)
        assert soon(lambda: self._gateway.ask(f"/v2/serve/models/{name}")[0] == 200)
        return name


@pytest.fixture
def stand(strict: Gateway, tables: Tables) -> Stand:
    return Stand(strict, tables)


def served(gateway: Gateway, model: str) -> str:
    """Who answered the last request for a model, as the log has it."""

    def lines() -> list[Any]:
        found = map(json.loads, gateway.log().splitlines())
        return [one for one in found if one.get("event") == "request" and one["model"] == model]

    assert soon(lambda: bool(lines()))
    return str(lines()[-1]["served"])


@pytest.mark.parametrize(
    ("dead", "fallback"),
    [(DIRECT, "good"), (DIRECT, "lane-good"), (LANE, "good"), (LANE, "lane-good")],
)
def test_a_dead_model_falls_back_within_and_across_lanes(
    strict: Gateway, stand: Stand, dead: str, fallback: str
) -> None:
    model = stand.model(NOWHERE, dead, fallbacks=[fallback])
    assert strict.chat(model)[0] == 200
    assert served(strict, model) == fallback


@pytest.mark.parametrize("behaviour", ["silent", "resets", "garbage", "busy"])
def test_whatever_fails_before_it_answers_falls_back(
    strict: Gateway, stand: Stand, raw: RawUpstream, behaviour: str
) -> None:
    model = stand.model(raw.base(behaviour), fallbacks=["good"])
    assert strict.chat(model)[0] == 200
    assert served(strict, model) == "good"


def test_streams_fall_back_before_they_begin_and_never_after(
    strict: Gateway, stand: Stand, raw: RawUpstream
) -> None:
    late = stand.model(raw.base("resets-later"), fallbacks=["good"])
    early = stand.model(raw.base("resets"), fallbacks=["good"])
    assert stream(strict, early).endswith(b"data: [DONE]\n\n")
    broken = stream(strict, late)
    assert b"upstream_failed" in broken
    assert b"heard you" not in broken


def stream(gateway: Gateway, model: str) -> bytes:
    connection = gateway.begin({"model": model, "stream": True, **ASKED})
    text = connection.getresponse().read()
    connection.close()
    return text


def test_a_fallback_that_is_not_open_to_the_caller_is_none(strict: Gateway, stand: Stand) -> None:
    model = stand.model(NOWHERE, fallbacks=["secret"])
    status, body = strict.chat(model)
    assert (status, body["error"]["code"]) == (503, "model_unavailable")
    assert "secret" not in body["error"]["message"]


def test_the_last_failure_of_all_is_told_as_it_came(
    strict: Gateway, stand: Stand, raw: RawUpstream
) -> None:
    model = stand.model(NOWHERE, fallbacks=["raw-busy"])
    assert empty(strict, model) == 503
    assert served(strict, model) == "raw-busy"


def empty(gateway: Gateway, model: str) -> int:
    """The status of an answer that has no body."""
    connection = gateway.begin({"model": model, **ASKED})
    answer = connection.getresponse()
    assert answer.read() == b""
    connection.close()
    return answer.status


def test_a_callers_own_mistake_never_falls_back(
    strict: Gateway, stand: Stand, upstream: Upstream
) -> None:
    model = stand.model(upstream.base("refusing"), fallbacks=["good"], cooldownSeconds=60)
    for _ in range(2):
        status, body = strict.chat(model)
        assert (status, body["error"]["code"]) == (400, "context_length_exceeded")


def test_a_model_that_failed_is_passed_over_while_another_can_answer(
    strict: Gateway, stand: Stand, raw: RawUpstream
) -> None:
    model = stand.model(raw.base("resets"), fallbacks=["good"], cooldownSeconds=2)
    asked = raw.asked["resets"]
    assert strict.chat(model)[0] == 200
    tried = raw.asked["resets"]
    assert tried > asked
    assert [strict.chat(model)[0] for _ in range(3)] == [200] * 3
    assert raw.asked["resets"] == tried
    # Once it has cooled down, it is tried again.
    assert soon(lambda: strict.chat(model)[0] == 200 and raw.asked["resets"] > tried, within=4)


def test_a_model_that_failed_and_has_no_fallback_is_asked_each_time(
    strict: Gateway, stand: Stand, raw: RawUpstream
) -> None:
    model = stand.model(raw.base("busy"), cooldownSeconds=60)
    asked = raw.asked["busy"]
    for _ in range(3):
        assert empty(strict, model) == 503
    assert raw.asked["busy"] == asked + 3


def test_a_model_that_is_busy_is_asked_again_as_often_as_it_says(
    strict: Gateway, stand: Stand, raw: RawUpstream
) -> None:
    model = stand.model(raw.base("recovers"), retries=2)
    raw.asked.pop("recovers", None)
    assert strict.chat(model)[0] == 200
    assert raw.asked["recovers"] == 3
