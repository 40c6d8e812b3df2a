"""What a caller asks for in the query string, and who a caller is."""

import json
from typing import Any

import pytest
from pydantic import BaseModel, ConfigDict

from kernel.http import Caller, Role, api
from tests.support.calling import Context, authorized, request


class Wanted(BaseModel):
    """A query string, in which everything is text."""

    model_config = ConfigDict(extra="forbid")

    limit: int = 10


@api(role="user", query=Wanted)
def browse(query: Wanted, caller: Caller) -> dict[str, Any]:
    return {"limit": query.limit, "signed in": caller.signed_in}


def browsed(asked: dict[str, str] | None, **who: str) -> tuple[int, dict[str, Any]]:
    event = request("", authorized("bob") | who) | {"queryStringParameters": asked}
    answer = browse(event, Context())
    return answer["statusCode"], json.loads(answer["body"])


@pytest.mark.parametrize(("asked", "limit"), [(None, 10), ({}, 10), ({"limit": "7"}, 7)])
def test_a_query_string_is_read_as_its_model_says(asked: dict[str, str] | None, limit: int) -> None:
    assert browsed(asked) == (200, {"limit": limit, "signed in": True})


@pytest.mark.parametrize("asked", [{"limit": "many"}, {"offset": "1"}])
def test_a_query_string_that_breaks_the_rules_is_refused(asked: dict[str, str]) -> None:
    status, answer = browsed(asked)
    assert (status, answer["error"]) == (422, "ValidationError")
    assert [detail["field"] for detail in answer["details"]] == list(asked)


@pytest.mark.parametrize("auth_type", ["token", "", "JWT"])
def test_whoever_does_not_come_from_the_provider_is_not_signed_in(auth_type: str) -> None:
    assert browsed(None, authType=auth_type)[1]["signed in"] is False


@pytest.mark.parametrize(
    ("admin", "curator", "roles"),
    [
        (False, False, {"user"}),
        (False, True, {"user", "curator"}),
        (True, False, {"user", "curator", "admin"}),
    ],
)
def test_administrators_have_every_role(admin: bool, curator: bool, roles: set[str]) -> None:
    caller = Caller("sub-ada", "ada", (), admin, signed_in=True, curator=curator)
    every: tuple[Role, ...] = ("user", "curator", "admin")
    assert {role for role in every if caller.may(role)} == roles
