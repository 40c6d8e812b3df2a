"""Models that exist and are not in service: who sees them, and what calling one is answered."""

from typing import Any

import pytest

from gateway.errors import Refusal
from gateway.paths import Wish
from gateway.routes import candidates, listing, shown
from tests.unit.gateway.builders import NOBODY, route, snapshot


def test_a_model_that_is_not_in_service_says_so_and_when_to_come_again() -> None:
    models = snapshot(route("s", status="Starting"), route("f", status="Failed"))

    def refusal(model: str, operation: str = "chat/completions") -> Refusal:
        with pytest.raises(Refusal) as refused:
            candidates(models, model, NOBODY, operation, stream=False)
        return refused.value

    starting, failed = refusal("s"), refusal("f")
    assert (starting.status, starting.code) == (503, "model_not_in_service")
    assert starting.retry_after == "15"
    assert "`s` is starting" in starting.message
    assert ("has failed" in failed.message, failed.retry_after) == (True, "")
    assert refusal("s", "embeddings").status == 400


def test_the_fallbacks_of_a_model_that_is_not_in_service_answer_for_it() -> None:
    models = snapshot(
        route("m1", status="Stopped", fallbacks=("asleep", "m2", "m3")),
        route("asleep", status="Stopped"),
        route("m2", allowed_groups=frozenset({"physicists"})),
        route("m3"),
    )
    found = candidates(models, "m1", NOBODY, "chat/completions", stream=False)
    assert [one.model_id for one in found] == ["m3"]


def test_who_may_not_use_a_model_is_not_told_that_it_is_stopped() -> None:
    secret = route("m1", status="Stopped", allowed_groups=frozenset({"physicists"}))
    for ask in (
        lambda: candidates(snapshot(secret), "m1", NOBODY, "chat/completions", stream=False),
        lambda: shown(snapshot(secret), NOBODY, Wish("retrieve", "m1"), "state=all"),
    ):
        with pytest.raises(Refusal) as refused:
            ask()
        assert refused.value.code == "model_not_found"
    assert shown(snapshot(secret), NOBODY, Wish("list"), "state=all")["data"] == []


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["up"]),
        ("state=", ["up"]),
        ("limit=20", ["up"]),
        ("state=all", ["up", "down"]),
        ("limit=20&state=all", ["up", "down"]),
    ],
)
def test_the_list_shows_what_is_not_in_service_to_those_who_ask(
    query: str, names: list[str]
) -> None:
    models = snapshot(route("up", created_at=1), route("down", created_at=2, status="Stopped"))
    page = shown(models, NOBODY, Wish("list"), query)
    states = {"up": "InService", "down": "Stopped"}
    data: Any = page["data"]
    assert [(one["id"], one["status"]) for one in data] == [(one, states[one]) for one in names]
    assert page["last_id"] == names[-1]


def test_one_that_is_not_in_service_is_described_to_those_who_ask() -> None:
    models = snapshot(route("m1", status="Failed"))
    assert shown(models, NOBODY, Wish("retrieve", "m1"), "state=all")["status"] == "Failed"
    with pytest.raises(Refusal) as refused:
        shown(models, NOBODY, Wish("retrieve", "m1"), "")
    assert refused.value.status == 503


@pytest.mark.parametrize("query", ["state=Stopped", "state=ALL", "state=" + 90 * "x"])
def test_a_state_that_means_nothing_is_refused(query: str) -> None:
    with pytest.raises(Refusal) as refused:
        shown(snapshot(route()), NOBODY, Wish("list"), query)
    assert (refused.value.status, refused.value.param) == (400, "state")
    assert len(refused.value.message) < 200


def test_the_list_tells_what_is_known_besides_and_leaves_out_what_is_not() -> None:
    known: dict[str, Any] = {
        "description": "Good",
        "features": ("imageInput",),
        "pricing": {"prompt": "0.1"},
    }
    models = snapshot(route("a", created_at=1, **known), route("b", created_at=2))
    data: Any = listing(models, NOBODY)["data"]
    first, second = data
    assert first.items() >= known.items()
    assert known.keys() & second.keys() == set()
