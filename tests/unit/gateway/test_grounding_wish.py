"""What `metadata` wishes of a repository, and what of it is refused."""

from typing import Any

import pytest

from gateway.grounding.wish import LONGEST_QUERY, MOST_PASSAGES, Wish, query, wished
from gateway.operations import CHAT, OPERATIONS
from gateway.refusal import Refusal

HELLO = [{"role": "user", "content": "How many holidays?"}]


def asking(**metadata: Any) -> dict[str, Any]:
    return {"model": "m1", "messages": HELLO, "metadata": metadata}


def refused(payload: dict[str, Any], operation: str = CHAT) -> Refusal:
    with pytest.raises(Refusal) as refusal:
        wished(operation, payload)
    assert refusal.value.status == 400
    return refusal.value


def test_a_repository_is_all_that_has_to_be_named() -> None:
    wish = wished(CHAT, asking(repository="handbook"))
    assert wish == Wish("handbook", "", "How many holidays?", 5, "")


@pytest.mark.parametrize("top_k", ["7", 7])
def test_everything_can_be_wished_for(top_k: object) -> None:
    payload = asking(repository="a", collection="c", top_k=top_k, search_mode="text")
    assert wished(CHAT, payload) == Wish("a", "c", "How many holidays?", 7, "text")


@pytest.mark.parametrize("metadata", [{}, {"user": "x"}, {"collection": "c"}, None, "x", []])
def test_without_a_repository_nothing_is_wished_for(metadata: object) -> None:
    for operation in OPERATIONS:
        assert wished(operation, {"metadata": metadata}) is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("repository", ""),
        ("repository", None),
        ("repository", ["a"]),
        ("repository", "a" * 65),
        ("collection", ""),
        ("collection", 1),
        ("top_k", "0"),
        ("top_k", "many"),
        ("top_k", "²"),
        ("top_k", True),
        ("top_k", 2.5),
        ("top_k", MOST_PASSAGES + 1),
        ("search_mode", "semantic"),
        ("search_mode", ["text"]),
    ],
)
def test_what_is_amiss_is_refused_by_its_name(field: str, value: object) -> None:
    refusal = refused(asking(**({"repository": "a"} | {field: value})))
    assert (refusal.code, refusal.param) == ("invalid_metadata", f"metadata.{field}")


@pytest.mark.parametrize("operation", sorted(OPERATIONS - {CHAT}))
def test_only_chats_are_grounded(operation: str) -> None:
    refusal = refused(asking(repository="a"), operation)
    assert refusal.code == "unsupported_parameter"
    assert operation in refusal.message


def test_the_last_message_of_the_user_is_what_is_looked_for() -> None:
    said = [("user", "first"), ("assistant", "no"), ("user", " last "), ("assistant", "hm")]
    messages = [{"role": role, "content": text} for role, text in said]
    assert query({"messages": messages}) == "last"


def test_of_a_message_in_parts_the_texts_are_looked_for() -> None:
    picture = {"type": "image_url", "image_url": {"url": "data:"}}
    parts = [{"type": "text", "text": "What"}, picture, {"type": "text", "text": "is it?"}]
    assert query({"messages": [{"role": "user", "content": parts}]}) == "What\nis it?"


def test_of_a_long_message_both_ends_are_looked_for() -> None:
    text = "beginning " + "x" * 10_000 + " end"
    found = query({"messages": [{"role": "user", "content": text}]})
    assert len(found) == LONGEST_QUERY
    assert found.startswith("beginning")
    assert found.endswith("end")


@pytest.mark.parametrize(
    "messages",
    [
        None,
        "x",
        [],
        ["x"],
        [{"role": "system", "content": "x"}],
        [{"role": "user", "content": " \n"}],
        [{"role": "user", "content": None}],
        [{"role": "user", "content": [{"type": "text", "text": 1}, "x"]}],
    ],
)
def test_nothing_can_be_found_where_nothing_was_asked(messages: object) -> None:
    refusal = refused({"messages": messages, "metadata": {"repository": "a"}})
    assert refusal.param == "messages"
