"""What is somebody else's is not there: 404 for every verb, and nothing of it has changed.

The stranger is an administrator, to whom the most is open.
"""

import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

from tests.e2e.client import Admin, ask, serve
from tests.e2e.library import DEMO, Library, post_form
from tests.e2e.test_attachments import attached
from tests.e2e.test_sessions import add, answer, message_id, messages, question
from tests.support.picture_world import PNG, data_url, picture

NAMELESS = {"error", "message"}


@pytest.fixture
def stranger(product: dict[str, Any]) -> Admin:
    return Admin(product)


@pytest.fixture
def token(person: Admin) -> Iterator[dict[str, Any]]:
    """An API token of the person's."""
    made = person.call("POST", "/api-tokens", {"name": "e2e mine"})[1]
    yield made
    person.call("DELETE", f"/api-tokens/{made['tokenUUID']}")


@pytest.fixture
def template(person: Admin) -> Iterator[str]:
    """The path of a prompt template that the person shares with nobody."""
    wish = {"title": "Mine", "body": "Speak plainly.", "type": "persona", "groups": []}
    status, made = person.call("POST", "/prompt-templates", wish)
    assert status in (200, 201), made
    path = f"/prompt-templates/{made['id']}"
    yield path
    person.call("DELETE", path)


def test_no_verb_reaches_the_session_of_another(
    person: Admin, stranger: Admin, session: str
) -> None:
    add(person, session, question(1), answer(2, 1))
    message = f"{session}/messages/{message_id(2)}"
    verbs: list[tuple[str, str, object]] = [
        ("GET", session, None),
        ("GET", f"{session}/messages", None),
        ("DELETE", session, None),
        ("PUT", f"{session}/name", {"name": "mine now"}),
        ("PUT", message, {"revision": 1, "content": "I was here", "status": "complete"}),
    ]
    before = person.call("GET", session), messages(person, session)

    for method, path, body in verbs:
        status, told = stranger.call(method, path, body)
        assert (status, set(told)) == (404, NAMELESS), (method, path)

    assert (person.call("GET", session), messages(person, session)) == before


def test_what_a_stranger_writes_under_the_same_id_is_the_strangers_own(
    person: Admin, stranger: Admin, session: str
) -> None:
    add(person, session, question(1))
    before = person.call("GET", session)
    try:
        add(stranger, session, question(1, content="mine"))
        image = {"message": picture(url=data_url(PNG))}
        assert stranger.call("PUT", f"{session}/attachImage", image)[0] == 200

        assert [one["content"] for one in messages(stranger, session)] == ["mine"]
        assert person.call("GET", session) == before
    finally:
        stranger.call("DELETE", session)
    assert person.call("GET", session) == before


def test_an_answer_is_not_kept_in_the_session_of_another(
    product: dict[str, Any], person: Admin, session: str
) -> None:
    """The gateway keeps what a caller who left had asked for, where that caller may write."""
    add(person, session, question(1), answer(2, 1))
    before = messages(person, session)
    place = {"session": session.removeprefix("/session/"), "message": message_id(2)}
    client = serve(product, product["admin"]["id_token"])

    stream = ask(client, "tiny-chat", "Say something.", stream=True, metadata=place, max_tokens=40)
    next(iter(stream))
    stream.close()

    assert messages(person, session) == before


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_a_token_of_somebody_else_is_nobodys_to_change(
    product: dict[str, Any], person: Admin, method: str
) -> None:
    admin = Admin(product)
    theirs = admin.call("POST", "/api-tokens", {"name": "e2e theirs"})[1]
    path = f"/api-tokens/{theirs['tokenUUID']}"
    try:
        before = admin.call("GET", path)
        status, told = person.call(method, path, {"name": "mine"} if method == "PUT" else None)
        assert (status, set(told)) == (404, NAMELESS)
        assert admin.call("GET", path) == before
    finally:
        admin.call("DELETE", path)


def test_a_token_takes_no_rights_that_its_maker_lacks(person: Admin) -> None:
    for more in ({"groups": ["lisa-admins"]}, {"username": "admin"}, {"tokenUUID": "1" * 36}):
        status, told = person.call("POST", "/api-tokens", {"name": "e2e more", **more})
        assert (status in (403, 422), "token" in told) == (True, False), (more, told)


def test_a_prompt_of_somebody_else_is_not_there(
    product: dict[str, Any], person: Admin, template: str
) -> None:
    # Each API token is a caller of its own, with the rights of its maker's groups.
    theirs = Admin(product, product["token"])
    wish = {"title": "Yours", "body": "No.", "type": "persona", "revision": 1}
    before = person.call("GET", template)

    for method, body in (("GET", None), ("PUT", wish), ("DELETE", None)):
        status, told = theirs.call(method, template, body)
        assert (status, set(told)) == (404, NAMELESS), method

    assert person.call("GET", template) == before


def test_an_attachment_of_somebody_else_is_not_there(person: Admin, stranger: Admin) -> None:
    key = attached(person, "mine.txt", b"The safe is behind the third portrait.")

    for path in ("/attachment", "/summary"):
        status, told = stranger.call("POST", path, {"key": key, "model": "tiny-chat"})
        assert (status, set(told)) == (404, NAMELESS), path
    assert person.call("POST", "/attachment", {"key": key})[0] == 200


@pytest.mark.parametrize(
    "key",
    ["../uploads/x", "attachments/../models/x", "/attachments/x", "attachments/a\x00b", "x" * 2000],
)
def test_a_key_that_we_never_gave_out_is_no_attachment(person: Admin, key: str) -> None:
    status, told = person.call("POST", "/attachment", {"key": key})
    assert status in (404, 422), told


def verbs_on(collection: str, document: str) -> list[tuple[str, str, object]]:
    """Whatever can be done with a collection and with a document in it."""
    here = f"{DEMO}/collection/{collection}"
    upload = {"repositoryId": "demo", "collectionId": collection, "fileName": "x.txt"}
    return [
        ("GET", here, None),
        ("GET", f"{DEMO}/{document}", None),
        ("GET", f"{DEMO}/{document}/download", None),
        ("GET", f"{DEMO}/document?collectionId={collection}", None),
        ("GET", f"{DEMO}/similaritySearch?query=reactor&collectionId={collection}", None),
        ("POST", "/repository/presigned-url", upload),
        ("DELETE", f"{DEMO}/document", {"documentIds": [document]}),
        ("DELETE", here, None),
        ("PUT", here, {"name": "mine"}),
    ]


def test_no_verb_reaches_a_collection_of_other_groups(
    product: dict[str, Any], person: Admin
) -> None:
    with Library(product).made(allowedGroups=["physicists"]) as library:
        document = library.upload("secret.txt", b"The reactor is in the cellar.")
        one = document["documentId"]
        for method, path, body in verbs_on(library.id, one):
            status, told = person.call(method, path, body)
            assert status in (403, 404), (method, path, told)
            assert "cellar" not in str(told)
        # Whose jobs those were is not told either.
        assert library.id not in str(person.call("GET", f"{DEMO}/jobs"))
        assert library.documents()[0]["documentId"] == one
        assert library.search("reactor")


def test_headers_that_name_somebody_make_nobody_of_him(product: dict[str, Any]) -> None:
    """Who calls is told by the credential alone."""
    said = {
        "x-username": "admin",
        "x-groups": '["lisa-admins"]',
        "X-Amzn-Oidc-Identity": "admin",
        "X-Forwarded-User": "admin",
        "Authorization": f"Bearer {product['user']['id_token']}",
    }
    asked = urllib.request.Request(product["api_url"] + "/models", headers=said)
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(asked, timeout=30)
    with refused.value as reply:
        assert reply.code == 403


def test_two_people_on_one_path_stay_two(person: Admin, stranger: Admin, session: str) -> None:
    """What an authorizer remembers is of one credential."""
    add(person, session, question(1))
    for _ in range(3):
        assert person.call("GET", session)[0] == 200
        assert stranger.call("GET", session)[0] == 404
        assert stranger.call("GET", "/models")[0] == 200
        assert person.call("GET", "/models")[0] == 403


@pytest.mark.parametrize("field", ["key", "policy", "Content-Type"])
def test_a_form_sends_only_the_file_that_it_was_given_for(person: Admin, field: str) -> None:
    form = person.call("POST", "/attachment/presigned-url", {"fileName": "a.txt"})[1]
    assert post_form(form["url"], form["fields"], "a.txt", b"mine") in (200, 201, 204)

    changed = form["fields"] | {field: form["fields"].get(field, "x") + "x"}

    with pytest.raises(urllib.error.HTTPError) as refused:
        post_form(form["url"], changed, "a.txt", b"theirs")
    with refused.value as reply:
        assert reply.code in (400, 403)
    assert "mine" in person.call("POST", "/attachment", {"key": form["key"]})[1]["text"]
