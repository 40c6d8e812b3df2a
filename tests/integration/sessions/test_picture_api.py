"""Pictures beside messages through the API: stored first, named by messages, gone with sessions."""

from typing import Any

import pytest

from kernel.observability import client
from tests.integration.sessions.calls import USER, add, ask, listed
from tests.integration.sessions.conftest import BUCKET, TABLE
from tests.support.calling import Reply, authorized, invoke
from tests.support.picture_world import GIF, JPEG, PNG, SVG, WEBP, data_url, picture
from tests.support.session_world import SESSION_ID, message_id, told

pytestmark = pytest.mark.usefixtures("aws")


def attach(message: Any, user: str = USER, session_id: str = SESSION_ID) -> Reply:
    return ask("attach_image", {"message": message}, user=user, session_id=session_id)


def stored(content: bytes = PNG, **whose: str) -> dict[str, Any]:
    """The part of a message whose picture is stored."""
    reply = attach(picture(url=data_url(content)), **whose)
    assert reply.status == 200, reply
    return dict(reply.body)


def objects() -> list[str]:
    return [one["Key"] for one in client("s3").list_objects_v2(Bucket=BUCKET).get("Contents", [])]


def tags(key: str) -> list[str]:
    return [
        one["Value"] for one in client("s3").get_object_tagging(Bucket=BUCKET, Key=key)["TagSet"]
    ]


def test_a_message_comes_back_with_where_its_pictures_are() -> None:
    text = {"type": "text", "text": "Look"}
    content = [text, picture(url=data_url(PNG), detail="low"), picture(url=data_url(JPEG))]
    reply = attach({"type": "human", "content": content, "id": 7})
    assert (reply.status, reply.body["type"], reply.body["id"]) == (200, "human", 7)
    first, second, third = reply.body["content"]
    assert first == text
    assert second["image_url"]["detail"] == "low"
    for part, ending in ((second, ".png"), (third, ".jpeg")):
        address = part["image_url"]
        assert address["picture"].endswith(ending)
        assert f"/{SESSION_ID}/{address['picture']}?" in address["url"]
    assert len(objects()) == 2
    assert all(authorized(USER)["sub"] not in key for key in objects())


@pytest.mark.parametrize(("content", "kind"), [(JPEG, "jpeg"), (GIF, "gif"), (WEBP, "webp")])
def test_a_picture_is_what_its_bytes_say(content: bytes, kind: str) -> None:
    attach(picture(url=data_url(content, "png")))
    (key,) = objects()
    assert client("s3").head_object(Bucket=BUCKET, Key=key)["ContentType"] == f"image/{kind}"


@pytest.mark.parametrize(
    "url",
    [
        data_url(SVG, "svg+xml"),
        data_url(SVG),
        data_url(b""),
        data_url(b"%PDF-1.7"),
        "data:image/png;base64,~~~~",
        data_url(PNG + bytes(3_500_000)),
        "https://example.org/a.png",
    ],
)
def test_what_is_no_picture_is_refused(url: str) -> None:
    reply = attach(picture(url=url))
    assert (reply.status, reply.body["error"]) == (422, "ValidationError")
    assert objects() == []


def test_more_than_a_lambda_takes_is_refused_with_its_size() -> None:
    reply = attach(picture(url=data_url(PNG + bytes(3_750_000))))
    assert reply.status == 400
    assert "5,000,000 bytes" in reply.body["message"]
    assert attach(picture(url=data_url(PNG + bytes(3_400_000)))).status == 200


def test_a_message_keeps_its_picture_and_is_read_with_an_address() -> None:
    part = stored()
    (key,) = objects()
    assert tags(key) == ["unsent"]
    assert add(told(1, content=[{"type": "text", "text": "Look"}, part])).status == 201
    assert tags(key) == ["kept"]
    (message,) = listed("list_messages").body["messages"]
    shown = message["content"][1]["image_url"]
    assert shown["picture"] == part["image_url"]["picture"]
    assert f"{key}?" in shown["url"]
    history = ask("get_session", session_id=SESSION_ID).body["history"]
    assert history[0]["content"][1]["image_url"]["picture"] == shown["picture"]


def test_sending_it_again_with_another_address_is_as_good() -> None:
    part = stored()
    address = part["image_url"]
    later = picture(picture=address["picture"], url="https://elsewhere.example/?signed=later")
    bare = picture(picture=address["picture"])
    assert [add(told(1, content=[one])).status for one in (part, later, bare)] == [201] * 3
    assert len(listed("list_messages").body["messages"]) == 1


@pytest.mark.parametrize("whose", [{"user": "ada"}, {"session_id": "session-0002"}])
def test_nobody_names_the_picture_of_another(whose: dict[str, str]) -> None:
    part = stored(PNG, **whose)
    reply = add(told(1, content=[part]))
    assert (reply.status, reply.body["error"]) == (422, "ValidationError")
    assert "store it first" in reply.body["details"][0]["message"]
    assert listed().body["sessions"] == []


@pytest.mark.parametrize("name", ["../../x.png", "a.png", "pictures/x/y/z.png", f"{'0' * 36}.svg"])
def test_a_name_that_we_did_not_give_is_refused(name: str) -> None:
    assert add(told(1, content=[picture(picture=name)])).status == 422


def test_an_answer_that_grows_names_none() -> None:
    part = stored()
    add(told(1), told(2, 1, role="assistant", status="streaming", content=""))
    path = {"session_id": SESSION_ID, "message_id": message_id(2)}
    assert ask("update_message", {"revision": 1, "content": [part]}, **path).status == 422


def test_a_client_of_lisa_keeps_its_picture() -> None:
    content = [{"type": "text", "text": "Look"}, picture(url=data_url(PNG))]
    message = attach({"type": "human", "content": content}).body
    body = {"messages": [message], "configuration": {}}
    for _ in range(2):
        assert ask("update_session", body, session_id=SESSION_ID).status == 200
    (key,) = objects()
    assert tags(key) == ["kept"]
    history = ask("get_session", session_id=SESSION_ID).body["history"]
    assert history[0]["content"][1]["image_url"]["picture"] in key
    assert ask("update_session", body, user="ada", session_id=SESSION_ID).status == 422


def test_pictures_go_with_their_session_and_others_stay(aws: Any) -> None:
    for session_id in (SESSION_ID, "session-0002"):
        add(told(1, content=[stored(session_id=session_id)]), session_id=session_id)
    rows = aws.scan(TableName=TABLE)["Items"]
    row = next(one for one in rows if one.get("sessionId", {}).get("S") == SESSION_ID)
    ask("delete_session", session_id=SESSION_ID)
    gone = {"owner": authorized(USER)["sub"], "session_id": SESSION_ID}
    gone["contents"] = row["contents"]["S"]
    about = {"id": "1", "occurred_at": "2026-11-30T12:00:00Z", "correlation_id": "c", "data": gone}
    event = {"source": "sessions", "detail-type": "SessionDeleted.v1", "detail": about}
    for _ in range(2):
        invoke("sessions.on_session_deleted", event)
    (left,) = objects()
    assert "/session-0002/" in left
