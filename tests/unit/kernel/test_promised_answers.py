"""What our tests know of answers: none passes that the route's contract does not promise."""

import sys
from types import ModuleType
from typing import Any, TypedDict

import pytest
from pydantic import ValidationError

from kernel.http import api
from tests.support.calling import call


class Part(TypedDict):
    """A part of the answer."""

    size: int


class Promised(TypedDict):
    """What the route says that it answers."""

    part: Part | None
    names: list[str]


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> Any:
    def route(answer: Any) -> None:
        app = ModuleType("functions.imagined.get_part.app")

        @api(role="user")
        def handler() -> Promised:
            return answer  # type: ignore[no-any-return]

        app.handler = handler  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, app.__name__, app)

    return route


@pytest.mark.parametrize("part", [{"size": 1}, None])
def test_an_answer_as_it_was_promised_passes(answering: Any, part: object) -> None:
    answering({"part": part, "names": ["a"]})
    assert call("imagined.get_part").status == 200


@pytest.mark.parametrize(
    "answer",
    [
        {"names": []},
        {"part": None, "names": [], "more": 1},
        {"part": {"size": 1, "more": 1}, "names": []},
        {"part": {"size": "1"}, "names": []},
        {"part": None, "names": None},
    ],
)
def test_an_answer_with_less_more_or_something_else_fails(answering: Any, answer: object) -> None:
    answering(answer)
    with pytest.raises(ValidationError):
        call("imagined.get_part")
