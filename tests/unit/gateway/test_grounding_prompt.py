"""Where the passages go in a chat, and how much room there is for them."""

from typing import Any

import pytest

from gateway.grounding.prompt import LEAST_BUDGET, MOST_BUDGET, USUAL_BUDGET, budget, with_passages

USER = {"role": "user", "content": "hi"}
PICTURE = {"type": "image_url", "image_url": {"url": "data:" + "x" * 90_000}}


def payload(*messages: Any, **fields: Any) -> dict[str, Any]:
    return {"messages": list(messages), "metadata": {"repository": "a", "top_k": "5"}, **fields}


def test_a_chat_without_a_system_message_gets_one() -> None:
    told = with_passages(payload(USER, model="m1"), "PASSAGES")
    system = {"role": "system", "content": "PASSAGES"}
    assert told == {"model": "m1", "messages": [system, USER]}


@pytest.mark.parametrize("role", ["system", "developer"])
@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("Be brief.", "Be brief.\n\nPASSAGES"),
        ("", "PASSAGES"),
        (None, "PASSAGES"),
        (
            [{"type": "text", "text": "Be"}],
            [{"type": "text", "text": "Be"}, {"type": "text", "text": "PASSAGES"}],
        ),
    ],
)
def test_a_chat_keeps_its_one_system_message(role: str, content: object, told: object) -> None:
    messages = with_passages(payload({"role": role, "content": content}, USER), "PASSAGES")
    assert messages["messages"] == [{"role": role, "content": told}, USER]


def test_what_else_a_caller_says_in_metadata_goes_on() -> None:
    told = with_passages(payload(USER, metadata={"repository": "a", "run": "7"}), "P")
    assert told["metadata"] == {"run": "7"}


def test_what_an_earlier_answer_cited_is_not_sent_to_the_model() -> None:
    earlier = {"role": "assistant", "content": "Thirty [1].", "annotations": [{"number": 1}]}
    told = with_passages(payload(USER, earlier, USER), "P")
    assert told["messages"][2] == {"role": "assistant", "content": "Thirty [1]."}


def test_the_callers_own_objects_stay_as_they_are() -> None:
    given = payload(USER)
    with_passages(given, "P")
    assert given == payload(USER)


def test_a_window_that_nobody_knows_has_room_for_the_usual() -> None:
    assert budget(payload(USER), 0) == USUAL_BUDGET


@pytest.mark.parametrize(
    ("window", "fields", "tokens"),
    [
        (4096, {}, 4096 - 4096 // 4 - 200),
        (4096, {"max_tokens": 96}, 4000 - 200),
        (4096, {"max_tokens": 1, "max_completion_tokens": 96}, 4000 - 200),
        (4096, {"max_tokens": "x"}, 4096 - 4096 // 4 - 200),
        (512, {"max_tokens": 512}, LEAST_BUDGET),
        (1_000_000, {}, MOST_BUDGET),
    ],
)
def test_the_answer_keeps_its_room(window: int, fields: dict[str, Any], tokens: int) -> None:
    assert budget(payload(USER, **fields), window) == tokens


def test_what_was_said_before_takes_room_and_pictures_do_not() -> None:
    said = {"role": "user", "content": "x" * 3000}
    shown = {"role": "user", "content": [PICTURE, {"type": "text", "text": "x" * 3000}]}
    assert budget(payload(said), 8192) == budget(payload(shown), 8192) == 8192 - 2048 - 1000 - 200


def test_what_was_said_in_letters_of_three_bytes_takes_as_many_tokens() -> None:
    said = {"role": "user", "content": "汉" * 1000}
    assert budget(payload(said), 8192) == 8192 - 2048 - 1000 - 200


def test_what_tools_there_are_takes_room() -> None:
    tools = [{"type": "function", "function": {"name": "f", "description": "x" * 2940}}]
    assert budget(payload(USER, tools=tools), 8192) == 8192 - 2048 - 200 - 1000
    assert budget(payload(USER, tools=[]), 8192) == 8192 - 2048 - 200
