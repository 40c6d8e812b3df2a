"""A route says how large its body may be, where that is not what all take."""

import json
from typing import Any

from pydantic import BaseModel

from kernel.http import api
from tests.support.calling import Context, authorized, request


class Note(BaseModel):
    text: str


@api(role="user", body=Note, most_bytes=40)
def keep(command: Note) -> Note:
    return command


def sent(text: str) -> dict[str, Any]:
    answer: dict[str, Any] = keep(request(json.dumps({"text": text}), authorized("bob")), Context())
    return answer


def test_a_body_is_as_large_as_its_route_says() -> None:
    most = "x" * (40 - len('{"text": ""}'))
    assert sent(most)["statusCode"] == 200
    refused = sent(f"{most}x")
    assert refused["statusCode"] == 400
    assert "larger than 40 bytes" in refused["body"]
