"""Messages of a queue: each is read by its type, and only those that failed come again."""

import json
from typing import Any

from pydantic import BaseModel

from kernel.queues import on_message
from tests.support.calling import Context

read: list[int] = []


class Wish(BaseModel):
    """What the queue brings."""

    number: int


@on_message(reads=Wish)
def handler(wish: Wish) -> None:
    if wish.number == 13:
        raise RuntimeError("not this one")
    read.append(wish.number)


def answer(*bodies: str) -> Any:
    records = [{"messageId": f"m{at}", "body": body} for at, body in enumerate(bodies)]
    return handler({"Records": records}, Context())


def numbered(number: object) -> str:
    return json.dumps({"number": number})


def test_every_message_is_handled_though_one_fails() -> None:
    read.clear()
    replied = answer(numbered(1), numbered(13), numbered(2), "nonsense", numbered("x"), numbered(3))
    assert replied == {
        "batchItemFailures": [
            {"itemIdentifier": "m1"},
            {"itemIdentifier": "m3"},
            {"itemIdentifier": "m4"},
        ]
    }
    assert read == [1, 2, 3]


def test_nothing_comes_again_when_all_went_well() -> None:
    assert answer(numbered(1)) == {"batchItemFailures": []}
