"""The functions of prompts as AWS calls them, by the people who use them."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from kernel.switches import DynamoSwitches
from prompts.wiring import use
from tests.support.calling import Reply, authorized, call, invoke, request
from tests.support.switching import InMemorySwitches

BODY = {"title": "Pirate", "body": "Talk like one.", "type": "persona", "groups": []}


@pytest.fixture(autouse=True)
def switches(aws: Any) -> Iterator[None]:
    with use(switches=DynamoSwitches("test-LISAConfigurationTable")):
        yield


def create(user: str = "bob", **changes: Any) -> Reply:
    return call("prompts.create_prompt_template", body=BODY | changes, user=user)


def made(user: str = "bob", **changes: Any) -> dict[str, Any]:
    reply = create(user, **changes)
    assert reply.status == 201, reply.body
    found: dict[str, Any] = reply.body
    return found


def send(verb: str, of: str, user: str = "bob", body: object = None) -> Reply:
    name = f"prompts.{verb}_prompt_template"
    return call(name, body=body, user=user, prompt_template_id=of)


def listed(user: str = "bob", **query: str) -> Any:
    event = request("", authorized(user)) | {"queryStringParameters": query or None}
    answer = invoke("prompts.list_prompt_templates", event)
    assert answer["statusCode"] == 200, answer
    return json.loads(answer["body"])


def titles(user: str, **query: str) -> list[str]:
    return [one["title"] for one in listed(user, **query)["Items"]]


def test_a_template_is_its_makers_alone_unless_shared() -> None:
    mine = made()
    assert mine | BODY == mine
    assert (mine["mine"], mine["ownerName"], mine["revision"]) == (True, "bob", 1)
    assert send("get", mine["id"]).body == mine
    strangers = [send("get", mine["id"], user).status for user in ("eve", "cora", "ada")]
    assert strangers == [404, 404, 404]
    assert (titles("bob"), titles("eve"), titles("ada")) == (["Pirate"], [], [])


def test_what_is_shared_is_seen_by_those_it_is_shared_with() -> None:
    made("bob", title="Readers'", groups=["group:readers"])
    made("ada", title="Everybody's", groups=["lisa:public"])
    made("ada", title="Lawyers'", groups=["group:law"])
    made("bob", title="Bob's", type="directive")
    assert titles("eve") == ["Everybody's", "Readers'"]
    assert titles("eve", public="true") == ["Everybody's"]
    assert titles("bob", public="false") == ["Bob's", "Readers'"]
    assert titles("bob", type="directive") == ["Bob's"]
    assert titles("ada") == ["Lawyers'", "Everybody's", "Readers'"]


def test_a_change_is_the_next_revision_of_what_was_read() -> None:
    mine = made()
    changed = send("update", mine["id"], body=mine | {"title": "Sailor"})
    assert (changed.status, changed.body["title"], changed.body["revision"]) == (200, "Sailor", 2)
    assert changed.body["created"] == mine["created"]
    late = send("update", mine["id"], body=mine | {"title": "Soldier"})
    assert (late.status, late.body["error"]) == (409, "TemplateConflictError")
    assert send("get", mine["id"]).body == changed.body


def test_only_the_owner_and_administrators_change_what_many_see() -> None:
    shared = made("bob", groups=["group:readers"])
    refused = [send("update", shared["id"], "eve", shared), send("delete", shared["id"], "eve")]
    assert [one.status for one in refused] == [403, 403]
    assert "ask bob to change it" in refused[0].body["message"]
    kept = send("update", shared["id"], "ada", shared | {"title": "Better"}).body
    assert (kept["title"], kept["ownerName"], kept["mine"]) == ("Better", "bob", False)
    assert send("delete", shared["id"], "ada").body == {"deleted": True, "id": shared["id"]}
    assert send("get", shared["id"]).status == 404


@pytest.mark.parametrize("share", ["lisa:public", "group:law"])
def test_nobody_shares_with_those_they_do_not_speak_for(share: str) -> None:
    assert create("bob", groups=[share]).status == 403
    mine = made()
    assert send("update", mine["id"], body=mine | {"groups": [share]}).status == 403
    assert send("get", mine["id"]).body["groups"] == []


def test_an_owner_may_change_what_an_administrator_has_shared() -> None:
    mine = made()
    shared = send("get", mine["id"]).body | {"groups": ["group:readers"]}
    assert send("update", mine["id"], body=shared).status == 200
    theirs = send("get", mine["id"], "ada").body | {"groups": ["lisa:public"]}
    public = send("update", mine["id"], "ada", theirs).body
    better = send("update", mine["id"], body=public | {"title": "Better"})
    assert (better.status, better.body["groups"]) == (200, ["lisa:public"])


def test_pages_follow_each_other() -> None:
    for number in range(5):
        made("bob", title=str(number), groups=["group:readers"] if number % 2 else [])
    found, cursor = list[str](), dict[str, str]()
    while len(found) < 5:
        page = listed("bob", pageSize="2", **cursor)
        found += [one["title"] for one in page["Items"]]
        cursor = {"cursor": page["cursor"]}
    assert found == ["4", "3", "2", "1", "0"]
    assert cursor == {"cursor": None}


@pytest.mark.parametrize("user", ["bob", "ada"])
def test_what_administrators_switched_off_is_refused(user: str) -> None:
    mine = made(user)
    with use(switches=InMemorySwitches("editPromptTemplate")):
        replies = [create(user), send("update", mine["id"], user, mine)]
        replies.append(send("delete", mine["id"], user))
        assert titles(user) == ["Pirate"]
    assert [one.status for one in replies] == [403, 403, 403]
    assert {one.body["error"] for one in replies} == {"FeatureOffError"}
    words = "An administrator has switched the editing of prompt templates off."
    assert replies[0].body["message"].startswith(words)
